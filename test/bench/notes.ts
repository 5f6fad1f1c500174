/** What the figures are made of: found by leaving one part out at a time, on builds that took turns request by request. */
export const NOTES = {
  firstToken: [
    "All of it runs on the machine's shared cores and its disk, through sockets with nothing in front. Rate limits are off:",
    "locally their counter is an object on disk, at Cloudflare it is the machine's own memory. In a conversation in use the",
    "model and the database are asked at the same time, and the database answers first: a build that did not ask it at all was",
    "not faster. About half of what is added is the least that an object can cost which passes a stream on; the rest is the",
    "Worker's checks, the way to the object, and the answer's head, which waits for the first word so that a failure before it",
    "can be a status. Asking the database first, as the first message of a conversation does, costs two to three milliseconds",
    "more here (the local D1 is a Worker of its own on the same thread, and commits to disk even when it reads); that message",
    "also pays for a new object: its start, and a storage file that has to be made. After a restart a turn pays for the",
    "object's start and for its window.",
  ].join("\n"),
  streams: [
    "What gives way is the one thread of the local runtime. A stream's second costs it twenty tokens in and out, and five",
    "commits of the object's log, each to a file of its own, during which it stands still; a turn's beginning and end cost it",
    "more than ten milliseconds together. So it is full somewhere above two hundred streams,",
    "and from there on tokens queue: they come late and in bunches, none is lost. Without the log's commits 200 streams had a",
    "median of two milliseconds, but they are what a crash cannot take away. At Cloudflare objects are spread over threads and",
    "machines and do not share a disk's queue.",
  ].join("\n"),
  roundTrips: "Regenerating asks the database two things at the same time.",
};
