import type { Cell, Vault } from "../db/vault";

export type Cells = ReturnType<typeof openCells>;

/** Seals what the object keeps as the database's own texts are, bound to its row: the same keys open both. */
export const openCells = (vault: () => Vault, userId: () => number) => {
  const place = (table: string, row: number, column: string) => ({
    userId: userId(),
    table: `memory_${table}`,
    row,
    column,
  });
  return {
    seal: (table: string, row: number, text: string, column = "body"): string =>
      vault().seal(place(table, row, column), text) as unknown as string,
    open: (table: string, row: number, stored: string, column = "body"): string =>
      vault().open(place(table, row, column), stored as unknown as Cell),
  };
};
