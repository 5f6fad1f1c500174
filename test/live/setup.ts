export { prepareServers as default } from "./server.ts";
