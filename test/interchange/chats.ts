/** Exports as other apps write them, made for these tests. */

type Node = {
  id: string;
  parent: string | null;
  role: string;
  text: string;
  time?: number | null;
  more?: object;
};

export const chatGpt = (id: string, nodes: Node[], more: object = {}) => ({
  id,
  conversation_id: id,
  title: `Talk ${id}`,
  create_time: 1_700_000_000.5,
  update_time: 1_700_000_900.25,
  current_node: nodes.at(-1)?.id ?? "root",
  mapping: Object.fromEntries([
    ["root", { id: "root", message: null, parent: null, children: childrenOf("root", nodes) }],
    ...nodes.map((node) => [
      node.id,
      {
        id: node.id,
        message: {
          id: node.id,
          author: { role: node.role, name: null, metadata: {} },
          create_time: node.time === undefined ? 1_700_000_001 : node.time,
          content: { content_type: "text", parts: [node.text] },
          status: "finished_successfully",
          metadata: node.role === "assistant" ? { model_slug: "gpt-4o" } : {},
          recipient: "all",
          ...node.more,
        },
        parent: node.parent,
        children: childrenOf(node.id, nodes),
      },
    ]),
  ]),
  ...more,
});

const childrenOf = (id: string, nodes: Node[]) =>
  nodes.filter(({ parent }) => parent === id).map((node) => node.id);

/** A conversation with two branches, a hidden node, a tool and missing times. */
export const branched = (id: string) =>
  chatGpt(
    id,
    [
      { id: "sys", parent: "root", role: "system", text: "hidden", time: null },
      { id: "u1", parent: "sys", role: "user", text: `Hello ${id}`, time: 1_700_000_001 },
      { id: "a1", parent: "u1", role: "assistant", text: "One answer", time: null },
      {
        id: "tool",
        parent: "u1",
        role: "assistant",
        text: "search()",
        time: 1_700_000_002,
        more: { recipient: "browser" },
      },
      { id: "a2", parent: "tool", role: "assistant", text: "Another answer", time: 1_700_000_003 },
      { id: "u2", parent: "a2", role: "user", text: "Go on", time: 1_700_000_004 },
    ],
    {},
  );

export const cyclic = {
  title: "Round and round",
  create_time: 1,
  current_node: "a",
  mapping: {
    a: {
      id: "a",
      parent: "b",
      children: ["b"],
      message: { author: { role: "user" }, content: { content_type: "text", parts: ["x"] } },
    },
    b: {
      id: "b",
      parent: "a",
      children: ["a"],
      message: { author: { role: "user" }, content: { content_type: "text", parts: ["y"] } },
    },
  },
};

export const tavern = [
  {
    user_name: "Sam",
    character_name: "Odile",
    create_date: "2024-5-1 @12h 30m 05s 123ms",
    chat_metadata: { note_prompt: "" },
  },
  {
    name: "Odile",
    is_user: false,
    send_date: "May 1, 2024 12:31pm",
    mes: "Second greeting",
    swipe_id: 1,
    swipes: ["First greeting", "Second greeting"],
    swipe_info: [
      { send_date: "May 1, 2024 12:31pm", extra: {} },
      { send_date: "2024-05-01T12:31:30.000Z", extra: { model: "m" } },
    ],
  },
  { name: "Sam", is_user: true, send_date: "2024-05-01T12:32:00.000Z", mes: "Hi" },
  { name: "System", is_user: false, is_system: true, send_date: 1_714_566_750_000, mes: "A note" },
  { name: "Odile", is_user: false, send_date: 1_714_566_780_000, mes: "Mind the step." },
];

export const openWebUi = [
  {
    id: "w1",
    title: "Web",
    archived: true,
    created_at: 1_700_000_000,
    updated_at: 1_700_000_010,
    chat: {
      models: ["llama3.1:latest"],
      history: {
        currentId: "m2",
        messages: {
          m1: {
            id: "m1",
            parentId: null,
            childrenIds: ["m2", "m3"],
            role: "user",
            content: "15 * 17?",
            timestamp: 1_700_000_000,
          },
          m2: {
            id: "m2",
            parentId: "m1",
            childrenIds: [],
            role: "assistant",
            content: '<details type="reasoning" done="true"><summary>Thought</summary>hm</details>255',
            model: "llama3.1:latest",
            timestamp: 1_700_000_005,
          },
          m3: {
            id: "m3",
            parentId: "m1",
            childrenIds: [],
            role: "assistant",
            content: "256",
            timestamp: 1_700_000_007,
          },
        },
      },
    },
  },
];

const libre = (messageId: string, text: string, isCreatedByUser: boolean, children: object[] = []) => ({
  messageId,
  text,
  isCreatedByUser,
  createdAt: "2024-04-09T14:32:05.230Z",
  model: isCreatedByUser ? null : "gpt-4",
  children,
});
export const libreChat = {
  conversationId: "c1",
  endpoint: "openAI",
  title: "Libre",
  exportAt: "now",
  branches: true,
  recursive: true,
  options: { model: "gpt-4" },
  messagesTree: [
    libre("1", "Question", true, [
      libre("2", "Answer A", false),
      libre("3", "Answer B", false, [libre("4", "More", true)]),
    ]),
  ],
};

export const lines = (rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
