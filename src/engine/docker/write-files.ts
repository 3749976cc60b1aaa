import type { ApiClient } from './api-client.js';
import type { WrittenFile } from './client-files.js';

/** `PUT /containers/{id}/archive`: works without tar or a shell in the image, and before the first start. */
export async function writeFiles(
  api: ApiClient,
  id: string,
  files: readonly WrittenFile[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const { createTar } = await import('nanotar');
  const archive = createTar(
    files.map(({ path, content, mode, uid, gid }) => ({
      name: path.replace(/^\/+/, ''),
      data: content,
      attrs: { mode: mode.toString(8), uid, gid, mtime: 0 },
    })),
  );
  await api.send({
    method: 'PUT',
    path: `/containers/${encodeURIComponent(id)}/archive`,
    query: { path: '/', copyUIDGID: true },
    archive,
    operation: 'write files into container',
    resource: id,
    signal,
  });
}
