import { pbkdf2Sync } from "node:crypto";

/** What a hash costs: `2^ln` blocks of `128·r` bytes, `p` times over, as a PHC string names it. */
export type Cost = { ln: number; r: number; p: number };

/** How many blocks, a power of two, are mixed in one piece: at `r` = 8 about 1.2 ms of the thread. */
const PIECE = 1024;

/**
 * scrypt (RFC 7914), which gives the thread up at every `yield`: the native one holds it for the whole hash, and libraries
 * that pause do so by a clock, which on this platform stands still as long as the processor is used. Holds `128·r·2^ln` bytes. The platform's PBKDF2 gives `128·r·p` bytes up to 8160.
 * @returns `length` bytes
 */
export function* scrypt(
  password: string,
  salt: Uint8Array,
  { ln, r, p }: Cost,
  length: number,
): Generator<void, Buffer> {
  const size = 32 * r;
  const seed = pbkdf2Sync(password, salt, 1, 4 * size * p, "sha256");
  // Little-endian words, as the RFC has them and every machine of this platform.
  const blocks = new Int32Array(Uint8Array.from(seed).buffer);
  const memory = new Int32Array(size * 2 ** ln);
  for (let i = 0; i < p; i++) yield* mix(blocks.subarray(i * size, (i + 1) * size), memory);
  return pbkdf2Sync(password, new Uint8Array(blocks.buffer), 1, length, "sha256");
}

/** scryptROMix (RFC 7914 §5): fills the memory from the block, then mixes the block with places of it that it names itself. */
function* mix(block: Int32Array, memory: Int32Array): Generator<void, void> {
  const count = memory.length / block.length;
  const piece = Math.min(PIECE, count);
  memory.set(block);
  for (let i = 0; i < count; i += piece) {
    fill(block, memory, i, i + piece);
    if (piece === PIECE) yield;
  }
  const scratch = new Int32Array(block.length);
  for (let i = 0; i < count; i += piece) {
    stir(block, memory, scratch, piece);
    if (piece === PIECE) yield;
  }
}

function fill(block: Int32Array, memory: Int32Array, from: number, to: number): void {
  const size = block.length;
  const last = memory.length / size - 1;
  for (let i = from; i < to; i++) {
    if (i < last) mixBlock(memory, i * size, memory, (i + 1) * size, size);
    else mixBlock(memory, i * size, block, 0, size);
  }
}

function stir(block: Int32Array, memory: Int32Array, scratch: Int32Array, times: number): void {
  const size = block.length;
  const mask = memory.length / size - 1;
  for (let i = 0; i < times; i++) {
    const at = (block[size - 16]! & mask) * size;
    for (let k = 0; k < size; k++) scratch[k] = mixed(block, k, memory, at + k);
    mixBlock(scratch, 0, block, 0, size);
  }
}

/** scryptBlockMix (RFC 7914 §4) of `size` words: even parts of 16 words go to the first half, odd ones to the second. */
function mixBlock(input: Int32Array, from: number, output: Int32Array, to: number, size: number): void {
  const [even, odd] = [to, to + size / 2];
  salsa(input, from + size - 16, input, from, output, even);
  for (let i = 16; i < size; i += 32) {
    const half = (i - 16) / 2;
    salsa(output, even + half, input, from + i, output, odd + half);
    if (i + 16 < size) salsa(output, odd + half, input, from + i + 16, output, even + half + 16);
  }
}

const turn = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits));

/** Two words joined by XOR; within their bounds, which the types do not know. */
const mixed = (one: Int32Array, at: number, other: Int32Array, from: number) => one[at]! ^ other[from]!;

/**
 * Salsa20/8 (RFC 7914 §3) of two times 16 words, joined by XOR, into a third place. Sixteen plain variables: arrays, and
 * assigning several at once, take four times as long.
 */
function salsa(
  one: Int32Array,
  at: number,
  other: Int32Array,
  from: number,
  output: Int32Array,
  to: number,
): void {
  let a = mixed(one, at, other, from);
  let b = mixed(one, at + 1, other, from + 1);
  let c = mixed(one, at + 2, other, from + 2);
  let d = mixed(one, at + 3, other, from + 3);
  let e = mixed(one, at + 4, other, from + 4);
  let f = mixed(one, at + 5, other, from + 5);
  let g = mixed(one, at + 6, other, from + 6);
  let h = mixed(one, at + 7, other, from + 7);
  let i = mixed(one, at + 8, other, from + 8);
  let j = mixed(one, at + 9, other, from + 9);
  let k = mixed(one, at + 10, other, from + 10);
  let l = mixed(one, at + 11, other, from + 11);
  let m = mixed(one, at + 12, other, from + 12);
  let n = mixed(one, at + 13, other, from + 13);
  let o = mixed(one, at + 14, other, from + 14);
  let p = mixed(one, at + 15, other, from + 15);
  for (let round = 0; round < 8; round += 2) {
    e ^= turn((a + m) | 0, 7);
    i ^= turn((e + a) | 0, 9);
    m ^= turn((i + e) | 0, 13);
    a ^= turn((m + i) | 0, 18);
    j ^= turn((f + b) | 0, 7);
    n ^= turn((j + f) | 0, 9);
    b ^= turn((n + j) | 0, 13);
    f ^= turn((b + n) | 0, 18);
    o ^= turn((k + g) | 0, 7);
    c ^= turn((o + k) | 0, 9);
    g ^= turn((c + o) | 0, 13);
    k ^= turn((g + c) | 0, 18);
    d ^= turn((p + l) | 0, 7);
    h ^= turn((d + p) | 0, 9);
    l ^= turn((h + d) | 0, 13);
    p ^= turn((l + h) | 0, 18);
    b ^= turn((a + d) | 0, 7);
    c ^= turn((b + a) | 0, 9);
    d ^= turn((c + b) | 0, 13);
    a ^= turn((d + c) | 0, 18);
    g ^= turn((f + e) | 0, 7);
    h ^= turn((g + f) | 0, 9);
    e ^= turn((h + g) | 0, 13);
    f ^= turn((e + h) | 0, 18);
    l ^= turn((k + j) | 0, 7);
    i ^= turn((l + k) | 0, 9);
    j ^= turn((i + l) | 0, 13);
    k ^= turn((j + i) | 0, 18);
    m ^= turn((p + o) | 0, 7);
    n ^= turn((m + p) | 0, 9);
    o ^= turn((n + m) | 0, 13);
    p ^= turn((o + n) | 0, 18);
  }
  output[to] = (a + mixed(one, at, other, from)) | 0;
  output[to + 1] = (b + mixed(one, at + 1, other, from + 1)) | 0;
  output[to + 2] = (c + mixed(one, at + 2, other, from + 2)) | 0;
  output[to + 3] = (d + mixed(one, at + 3, other, from + 3)) | 0;
  output[to + 4] = (e + mixed(one, at + 4, other, from + 4)) | 0;
  output[to + 5] = (f + mixed(one, at + 5, other, from + 5)) | 0;
  output[to + 6] = (g + mixed(one, at + 6, other, from + 6)) | 0;
  output[to + 7] = (h + mixed(one, at + 7, other, from + 7)) | 0;
  output[to + 8] = (i + mixed(one, at + 8, other, from + 8)) | 0;
  output[to + 9] = (j + mixed(one, at + 9, other, from + 9)) | 0;
  output[to + 10] = (k + mixed(one, at + 10, other, from + 10)) | 0;
  output[to + 11] = (l + mixed(one, at + 11, other, from + 11)) | 0;
  output[to + 12] = (m + mixed(one, at + 12, other, from + 12)) | 0;
  output[to + 13] = (n + mixed(one, at + 13, other, from + 13)) | 0;
  output[to + 14] = (o + mixed(one, at + 14, other, from + 14)) | 0;
  output[to + 15] = (p + mixed(one, at + 15, other, from + 15)) | 0;
}
