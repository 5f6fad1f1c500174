import { afterAll, beforeAll, expect, test } from "vitest";

import { api, newConversation } from "../live/client.ts";
import { openHouse, until, type House, type Rows } from "./house.ts";

/** More than is erased before the server is killed, on any machine. */
const MESSAGES = 150_000;
const PATIENCE_MS = 200_000;

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.[Symbol.asyncDispose]());

type Deletion = { state: string; left: { messages: number; conversations: number } };

const ask = (receipt: string) => api<Deletion>(`${house.server.url}/auth/deletions/${receipt}`);
/** While the server is away nobody answers. */
const askPatiently = (receipt: string) => ask(receipt).catch(() => null);
const doorOf = (id: number) => `${house.server.url}/faults/${id}`;
const fill = (id: number, messages: number) => api<Rows>(doorOf(id), { method: "POST", body: { messages } });

const leave = ({ token, password }: { token: string; password: string }) =>
  api<{ receipt: string; state: string }>(`${house.server.url}/auth/me`, {
    method: "DELETE",
    token,
    body: { password },
  });

test("an erasure goes on by itself when the server is killed in the middle of it, and the receipt completes", async () => {
  const [leaving, staying] = [
    await newConversation(house.server.url),
    await newConversation(house.server.url),
  ];
  await fill(leaving.id, MESSAGES);
  await fill(staying.id, 100);
  const { receipt, state } = await leave(leaving);
  expect(state).toBe("running");
  const begun = await until(
    () => ask(receipt),
    ({ left }) => left.messages < MESSAGES,
  );
  expect(begun.state).toBe("running");
  await house.server.kill9();
  await house.server.restart();
  const after = await until(
    () => askPatiently(receipt),
    (answer) => answer?.state === "complete",
    PATIENCE_MS,
  );
  expect(after).toMatchObject({ state: "complete", left: { messages: 0, conversations: 0 } });
  const rows = await api<Rows>(doorOf(leaving.id));
  expect(rows.messages).toEqual([]);
  expect((await api<Rows>(doorOf(staying.id))).messages).toHaveLength(100);
});

test("a server that is killed right after its answer completes the deletion, and the address is free meanwhile", async () => {
  const leaving = await newConversation(house.server.url);
  await fill(leaving.id, 20_000);
  const { receipt } = await leave(leaving);
  await house.server.kill9();
  await house.server.restart();
  const again = { email: leaving.email, password: leaving.password };
  await api(`${house.server.url}/auth/register`, { body: again });
  const after = await until(
    () => askPatiently(receipt),
    (answer) => answer?.state === "complete",
    PATIENCE_MS,
  );
  expect(after).toMatchObject({ state: "complete" });
});
