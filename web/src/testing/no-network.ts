/** What outlives the test that stubbed the server must not ask the machine's network for it. */
globalThis.fetch = () => Promise.reject(new TypeError("No test has a server: it stubs what it asks."));
