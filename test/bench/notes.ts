/** What the figures are made of: found by leaving one part out at a time, on builds that took turns request by request. */
export const NOTES = {
  firstToken: [
    "All of it runs on the machine's shared cores and its disk, through sockets with nothing in front. Rate limits are off:",
    "locally their counter is an object on disk, at Cloudflare it is the machine's own memory. A conversation in use pays, in",
    "this order of size, for its one round trip to D1 (a third of what we add or more; the local D1 is a Worker of its own on",
    "the same thread), for the Worker's checks and the hop to the object, and for the answer's head, which waits for the first",
    "word so that a failure before it can be a status; the SDK costs too little to be told from noise. The first message of a",
    "new conversation also pays for a new object: its start, and a storage file that has to be made. After a restart a turn",
    "pays for the object's start and for its window.",
  ].join("\n"),
  streams: [
    "What gives way first is the disk: every live object writes its log every 150 ms, each write is a commit to a file of its",
    "own, and the local runtime makes them one after another on the thread that also passes the tokens on. Without those",
    "writes the median token is under way for less than two milliseconds with 200 streams too. What gives way next is that",
    "thread: a turn's beginning and end cost it several milliseconds, which is the 99th percentile while many begin together.",
    "At Cloudflare objects are spread over machines and do not share a disk's queue.",
  ].join("\n"),
};
