import type { Sender } from "./mail";

/** For `npm start`: a mail is one line in the terminal. It holds what opens an account, so it is for that alone. */
export const consoleSender: Sender = {
  name: "console",
  async send(_config, { to, subject, text }) {
    console.log(`Mail to ${to}: ${subject}. ${text.replaceAll(/\s+/g, " ")}`);
    return 200;
  },
};
