/** The least a Worker can do between a client and the upstream: pass the bytes on, both ways. */
export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url);
    return fetch(env.UPSTREAM + pathname, { method: "POST", headers: request.headers, body: request.body });
  },
};
