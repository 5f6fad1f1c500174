/** More counts than this are rare. */
const SIZE = 20_001;
const table = (shift: number) => Float64Array.from({ length: SIZE }, (_, n) => Math.log(n + shift));
const [LOGS, HALF_LOGS] = [table(0), table(0.5)];

/** The natural logarithm of a whole number. */
export const logOf = (n: number): number => LOGS[n] ?? Math.log(n);
/** That of a whole number and a half. */
export const logOfHalf = (n: number): number => HALF_LOGS[n] ?? Math.log(n + 0.5);
