/** What the figures are made of: found by leaving one part out at a time, on builds that took turns request by request. */
export const NOTES = {
  firstToken: [
    "All of it runs on the machine's shared cores and its disk, through sockets with nothing in front. Rate limits are off:",
    "locally their counter is an object on disk, at Cloudflare it is the machine's own memory. In a conversation in use the",
    "model and the database are asked at the same time, and the database answers first: a build that did not ask it at all was",
    "not faster. The answer's head leaves as soon as the turn is on disk, while the upstream is still thinking. About half of",
    "what is added is the least that an object can cost which passes a stream on; the rest is the Worker's checks and the way to",
    "the object. A first message finds an object that was prepared when its conversation was made; one whose object has been",
    "dropped since, and a first turn after a restart, pay for its start and for a database that is asked first (the local D1 is",
    "a Worker of its own on the same thread, and commits to disk even when it reads).",
  ].join("\n"),
  streams: [
    "What gives way is the one thread of the local runtime. A stream's second costs it twenty tokens in and out, and a",
    "commit of the object's log to a file of its own, during which it stands still; a turn's beginning and end cost it some",
    "milliseconds together. So it is full somewhere above two hundred streams,",
    "and from there on tokens queue: they come late and in bunches, none is lost.",
    "At Cloudflare objects are spread over threads and",
    "machines and do not share a disk's queue.",
  ].join("\n"),
  roundTrips:
    "A conversation in use asks once beside the call and once to settle; no request asks twice before the model is asked.",
};
