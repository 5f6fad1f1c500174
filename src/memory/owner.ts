/** Whose memory it is. */
export type Owner = { userId: number; personaId: number };
