import { expect, test } from "vitest";

import { api, json, newUser } from "../harness";

test("registering logs in", async () => {
  const { token, id, email } = await newUser();
  const me = await json(api("/auth/me", { token }));
  expect(me).toMatchObject({ id, email, username: email, full_name: null, is_active: true });
});
