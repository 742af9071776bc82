import { EnvHttpProxyAgent, fetch as undiciFetch } from "undici";
import type { Fetch } from "./fetchType";

/**
 * A `fetch` that obeys HTTPS_PROXY, HTTP_PROXY and NO_PROXY (Node 20's own does not), for the terminal.
 * `close` ends its idle connections, or they keep the process alive for some seconds.
 * @throws where a proxy variable is not a URL: undici's error, as it stands
 */
export function proxyFetch(): { readonly fetch: Fetch; readonly close: () => Promise<void> } {
  const dispatcher = new EnvHttpProxyAgent();
  return {
    fetch: (url, init) => undiciFetch(url, { ...init, dispatcher }),
    close: () => dispatcher.close(),
  };
}
