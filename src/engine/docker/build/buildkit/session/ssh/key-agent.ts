import { readFile } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import ssh2, { type ParsedKey } from 'ssh2';
import type { EngineError } from '../../../../../../problems/errors.js';

type Refuse = (
  problem: string,
  details?: { readonly hint?: string; readonly cause?: unknown },
) => EngineError;

/**
 * An agent of our own that signs with private keys from files. The keys never leave this process. `refuse` makes what
 * is thrown for a file that is no key, or one that needs a passphrase.
 */
export async function keyAgent(paths: readonly string[], refuse: Refuse): Promise<() => Promise<Duplex>> {
  const keys = await Promise.all(paths.map((path) => readKey(path, refuse)));
  return async () => serve(keys);
}

async function readKey(path: string, refuse: Refuse): Promise<ParsedKey> {
  const text = await readFile(path).catch((cause: Error) => {
    throw refuse(`cannot read ${path}: ${cause.message}`, { cause });
  });
  const key = ssh2.utils.parseKey(text);
  if (key instanceof Error) {
    if (/passphrase|encrypted/i.test(key.message)) {
      throw refuse(`the key ${path} needs a passphrase`, {
        hint: `give it to your agent (\`ssh-add ${path}\`) and forward that instead`,
      });
    }
    throw refuse(`${path} is neither the socket of an agent nor a private key`, { cause: key });
  }
  if (!key.isPrivateKey()) throw refuse(`${path} is a public key; the private one is needed`);
  return key;
}

function serve(keys: readonly ParsedKey[]): Duplex {
  const agent = new ssh2.AgentProtocol(false);
  agent.on('identities', (request) => agent.getIdentitiesReply(request, [...keys]));
  agent.on('sign', (request, publicKey, data, { hash }) => {
    // `equals` of the library would compare the private parts too.
    const wanted = publicKey.getPublicSSH();
    const key = keys.find((each) => each.getPublicSSH().equals(wanted));
    const signature = key?.sign(data, hash);
    if (key === undefined || signature === undefined || signature instanceof Error)
      agent.failureReply(request);
    else agent.signReply(request, key.type.startsWith('ecdsa') ? ecdsaBlob(signature) : signature);
  });
  return agent;
}

/** Both numbers of a signature, each with its length: from DER to how ssh writes them (RFC 5656, 3.1.2). */
function ecdsaBlob(der: Buffer): Buffer {
  const numbers: Buffer[] = [];
  // Behind the head of the sequence, whose length takes two bytes when it is long.
  let at = (der[1] ?? 0) > 0x80 ? 3 : 2;
  while (at < der.length) {
    const end = at + 2 + (der[at + 1] ?? 0);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(end - at - 2);
    numbers.push(length, der.subarray(at + 2, end));
    at = end;
  }
  return Buffer.concat(numbers);
}
