import { retried, type Database } from "../db/client";
import { deletionByReceipt } from "../db/deletions";
import { AppError } from "../errors";
import { randomText, sha256 } from "./hmac";

const RECEIPT_BYTES = 16;

/** A receipt of 128 random bits, and what is stored of it: whoever has it may ask how the deletion goes. */
export async function newReceipt(): Promise<{ receipt: string; receiptHash: string }> {
  const receipt = `dpr_${randomText(RECEIPT_BYTES)}`;
  return { receipt, receiptHash: await sha256(receipt) };
}

/** @throws AppError `not_found` */
export async function deletionOf(db: Database, receipt: string) {
  const receiptHash = await sha256(receipt);
  const [row] = await retried(() => deletionByReceipt(db, receiptHash));
  if (!row) throw new AppError("not_found", { detail: "There is no such receipt, or it is no longer kept." });
  return row;
}
