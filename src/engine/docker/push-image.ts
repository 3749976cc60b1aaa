import { headerValue } from '../../registry/header-value.js';
import type { RegistryLogin } from '../../registry/registry-login.js';
import type { TransferOptions } from '../image-port.js';
import { type ApiClient, referencePath } from './api-client.js';
import { splitReference } from './pull-image.js';
import { transfer } from './transfer.js';

/** For nobody in particular: engines refuse a push without the header. */
const nobody: RegistryLogin = { header: headerValue({}), secrets: [] };

/** Pushes one image under one name: `POST /images/{name}/push`. What goes wrong is said in the stream only. */
export async function pushImage(
  api: ApiClient,
  reference: string,
  { onProgress, answerWithinMs }: TransferOptions,
  login: RegistryLogin | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { name, tag } = splitReference(reference);
  const call = {
    method: 'POST',
    path: `/images/${referencePath(name)}/push`,
    query: { tag },
    operation: 'push image',
    resource: reference,
    signal,
  } as const;
  await transfer(api, { call, reference, login: login ?? nobody, onProgress, answerWithinMs });
}
