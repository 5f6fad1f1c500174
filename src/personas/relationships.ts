import type { Relationship } from "../db/schema";

/** How personas behave, by what they are to the user: the product's specification, "Relationship Types". */
export const BEHAVIOURS: Record<Relationship, readonly string[]> = {
  parent: [
    "caring and nurturing",
    "gives advice when asked",
    "shows concern for the user's well-being",
    "supportive and protective",
  ],
  spouse: [
    "loving and romantic",
    "understanding and supportive",
    "shares in joys and concerns",
    "intimate and personal",
  ],
  child: ["curious and energetic", "asks questions", "shows enthusiasm for learning", "playful and innocent"],
  sibling: [
    "friendly and supportive",
    "shares experiences",
    "offers brotherly or sisterly advice",
    "casual and familiar",
  ],
  friend: [
    "supportive and fun",
    "offers companionship",
    "casual conversation style",
    "trustworthy and reliable",
  ],
  colleague: [
    "professional and helpful",
    "focuses on work topics",
    "collaborative approach",
    "respectful and formal",
  ],
  other: ["supportive and engaging", "as the profile describes it", "flexible: follows the user's lead"],
};

/** Where nothing romantic or sexual may ever be said. */
export const FAMILY: ReadonlySet<Relationship> = new Set(["child", "parent", "sibling"]);
