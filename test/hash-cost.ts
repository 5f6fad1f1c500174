import { COST as REAL } from "../src/identity/hash-cost";
import type { Cost } from "../src/identity/scrypt";

/** What a hash costs in these tests: a twentieth of the work, with the pauses of a whole one. */
const CHEAP: Cost = { ln: 12, r: 8, p: 1 };

export const COST = { ...CHEAP };

/** A hash costs what it costs in the product until what is returned is called. */
export function useRealCost(): () => void {
  Object.assign(COST, REAL);
  return () => void Object.assign(COST, CHEAP);
}
