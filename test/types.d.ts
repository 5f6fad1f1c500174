type WorkerEnv = import("../src/env").Env;

declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../src/index");
    durableNamespaces: "LiveConversation" | "Eraser" | "Importer" | "SearchIndex";
  }
  interface Env extends WorkerEnv {
    TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
    TEST_BUCKET: R2Bucket;
  }
}

declare module "*?raw" {
  const text: string;
  export default text;
}
