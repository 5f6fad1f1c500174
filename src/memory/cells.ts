import { AppError } from "../errors";
import { formOf, type Cell, type Vault } from "../db/vault";

export type Cells = ReturnType<typeof openCells>;

/** Seals what the object keeps as the database's own texts are, bound to its row: the same keys open both. */
export const openCells = (vault: () => Vault, userId: () => number) => {
  const place = (table: string, row: number) => ({
    userId: userId(),
    table: `memory_${table}`,
    row,
    column: "body",
  });
  const seal = (table: string, row: number, text: string): string =>
    vault().seal(place(table, row), text) as unknown as string;
  const open = (table: string, row: number, stored: string): string =>
    vault().open(place(table, row), stored as unknown as Cell);
  return {
    seal,
    open,
    /** The text in the form that is wanted now; null where it has that, else why it cannot be opened. */
    reseal(table: string, row: number, stored: string): { text: string } | "locked" | "damaged" | null {
      const { sealsWith } = vault();
      const isFresh = sealsWith === null ? !stored.startsWith("enc1:") : stored.startsWith(formOf(sealsWith));
      if (isFresh) return null;
      try {
        return { text: seal(table, row, open(table, row, stored)) };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return error.code === "misconfigured" ? "locked" : "damaged";
      }
    },
  };
};
