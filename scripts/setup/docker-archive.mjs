import { createHash } from 'node:crypto';
import { packTar } from './tar.mjs';

/**
 * What `docker load` takes: an image of one layer.
 * @param {{tag: string, architecture: string, config: object, comment: string, layer: Buffer}} image
 *   `tag` with its registry, as in docker.io/library/busybox:latest; `config`: Cmd, Env… in the Engine's words;
 *   `layer`: tar of the root file system
 * @returns {Buffer}
 */
export function dockerArchive({ tag, architecture, config, comment, layer }) {
  const created = '2024-01-01T00:00:00Z';
  const imageConfig = json({
    architecture,
    os: 'linux',
    created,
    comment,
    config,
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
    history: [{ created, comment }],
  });
  const configPath = `${sha256(imageConfig)}.json`;
  const layerPath = `${sha256(layer)}/layer.tar`;
  const manifest = json([{ Config: configPath, RepoTags: [tag], Layers: [layerPath] }]);
  return packTar([
    { type: 'directory', path: sha256(layer) },
    { type: 'file', path: layerPath, data: layer },
    { type: 'file', path: configPath, data: imageConfig },
    { type: 'file', path: 'manifest.json', data: manifest },
  ]);
}

const json = (value) => Buffer.from(JSON.stringify(value));
const sha256 = (data) => createHash('sha256').update(data).digest('hex');
