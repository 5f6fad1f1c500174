/** The largest file of chats, as large as the platform lets a request be (Workers, Free and Pro plans). Bytes. */
export const MAX_IMPORT = 100_000_000;
