import { COST as REAL } from "../src/identity/hash-cost";
import type { Cost } from "../src/identity/scrypt";

/** What a hash costs in these tests: a twentieth of the work, with the pauses of a whole one. */
export const COST: Cost = { ln: 12, r: 8, p: 1 };

/** From here on a hash costs what it costs in the product; for a file that is about hashes. */
export const useRealCost = () => void Object.assign(COST, REAL);
