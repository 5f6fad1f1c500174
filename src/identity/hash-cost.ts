import type { Cost } from "./scrypt";

/** OWASP's scrypt parameters (Password Storage Cheat Sheet). One hash takes about 280 ms. */
export const COST: Cost = { ln: 15, r: 8, p: 3 };
