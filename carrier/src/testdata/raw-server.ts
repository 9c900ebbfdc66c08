/** For tests: a server that answers with bytes, or not at all: what no web framework would do. Knows how many connections are open. */

import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { Worker } from "node:worker_threads";
import type { VirtualClock } from "../clock/clock.ts";

export interface RawServer {
  readonly port: number;
  /** Whole requests, as they came. */
  readonly requests: string[];
  readonly open: () => number;
  close(): Promise<void>;
}

/** What to do with a whole request. `silent` says that nothing more comes: time may pass until the connection ends. */
export type Serve = (socket: Socket, silent: () => void, clock: VirtualClock) => void;

export async function openRawServer(clock: VirtualClock, serve: Serve, tls?: TlsOptions): Promise<RawServer> {
  const requests: string[] = [];
  const connections = new Set<Socket>();
  const onConnection = (socket: Socket) => {
    let text = "";
    connections.add(socket);
    socket.on("close", () => connections.delete(socket));
    socket.on("error", () => {});
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      const head = text.indexOf("\r\n\r\n");
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (head === -1 || text.length < head + 4 + length) return;
      requests.push(text);
      text = "";
      serve(socket, () => void socket.once("close", clock.asleep()), clock);
    });
  };
  const server: Server = tls ? createTlsServer(tls, onConnection) : createServer(onConnection);
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    // Listening on TCP: never a pipe name and never null.
    port: (server.address() as AddressInfo).port,
    requests,
    open: () => connections.size,
    async close() {
      for (const socket of connections) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A port on which connections are never taken: its queue is full and whoever listens does not look. */
export async function openDeafPort(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const worker = new Worker(
    `const { parentPort } = require("node:worker_threads");
     const server = require("node:net").createServer();
     server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
     });`,
    { eval: true },
  );
  const port = await new Promise<number>((resolve) => worker.once("message", resolve));
  const { connect } = await import("node:net");
  const fillers: Socket[] = [];
  // Those that are taken by the system alone. The one that is not connected after many turns stands for all that come.
  for (let taken = true; taken && fillers.length < 20; ) {
    const filler = connect(port, "127.0.0.1");
    filler.on("error", () => {});
    fillers.push(filler);
    taken = false;
    for (let turn = 0; turn < 200 && !taken; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      taken = !filler.connecting;
    }
  }
  return {
    port,
    async close() {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}
