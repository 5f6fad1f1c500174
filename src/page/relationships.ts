import { en } from "./strings/en";
import type { Relationship } from "./types";

/** The seven, in the order in which they are offered. The table of strings holds each of them, or it would not compile. */
export const RELATIONSHIPS = Object.keys(en.relationships) as Relationship[];
