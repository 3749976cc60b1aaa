import type { Duplex } from 'node:stream';
import { type IncomingCall, type Methods, unary } from '../../grpc/grpc-server.js';
import { bytes, message, text } from '../../grpc/message.js';
import { GrpcFailure, grpcCode } from '../../grpc/status.js';

const agentRequest = message({ id: text(1) });
const chunkMessage = message({ data: bytes(1) });

/** Opens a connection to an agent. */
export type Agents = ReadonlyMap<string, () => Promise<Duplex>>;

/** Lets RUN lines with `--mount=type=ssh` talk to agents by their ids. */
export function sshMethods(agents: Agents): Methods {
  if (agents.size === 0) return new Map();
  const find = (id: string) => {
    const open = agents.get(id === '' ? 'default' : id);
    if (open === undefined) throw new GrpcFailure(grpcCode.notFound, `the build has no ssh agent "${id}"`);
    return open;
  };
  return new Map([
    [
      '/moby.sshforward.v1.SSH/CheckAgent',
      unary(async (asked) => {
        find(agentRequest.decode(asked).id);
        return new Uint8Array();
      }),
    ],
    [
      '/moby.sshforward.v1.SSH/ForwardAgent',
      async (call) => {
        const agent = await find(call.metadata('buildkit.ssh.id')[0] ?? '')();
        try {
          await forward(call, agent);
        } finally {
          agent.destroy();
        }
      },
    ],
  ]);
}

async function forward(call: IncomingCall, agent: Duplex): Promise<void> {
  const asking = ask(call, agent);
  asking.catch((error: Error) => agent.destroy(error));
  for await (const data of agent as AsyncIterable<Buffer>) await call.send(chunkMessage.encode({ data }));
  await asking;
}

async function ask(call: IncomingCall, agent: Duplex): Promise<void> {
  for await (const piece of call.messages) agent.write(chunkMessage.decode(piece).data);
  agent.end();
}
