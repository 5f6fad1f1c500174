import { describeCauses } from "../errors";

/**
 * Text or bytes as they are made, a piece each time the client has room for one: memory holds no more however slowly it reads.
 */
export function byteStream(pieces: AsyncGenerator<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (done) controller.close();
          else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
        } catch (error) {
          console.error(JSON.stringify({ event: "export_failed", ...describeCauses(error) }));
          // The platform logs what ends a stream, and a database's error holds its parameters.
          controller.error(new Error("The export broke off."));
        }
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
