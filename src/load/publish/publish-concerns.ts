import type { LoadedModel } from '../load-model.js';
import { wireEntries, wireField, wireItems, wireText } from '../wire/wire-value.js';
import { findSecrets, type SecretFinding } from './find-secrets.js';
import type { PublishedFile } from './published-files.js';

/** Something that a person should know before it is published. */
export type PublishConcern =
  | {
      readonly kind: 'bind-mounts';
      readonly mounts: readonly { readonly service: string; readonly mount: string }[];
    }
  | { readonly kind: 'secrets'; readonly findings: readonly SecretFinding[] }
  /** Absolute paths of env files. */
  | { readonly kind: 'env-files'; readonly files: readonly string[] }
  /** Keys of configs whose content stands in the files. */
  | { readonly kind: 'inline-configs'; readonly configs: readonly string[] };

/** In the order in which docker compose asks. `environment`: whether the person has asked for env files to be published. */
export function publishConcerns(
  { bound }: LoadedModel,
  files: readonly PublishedFile[],
  environment: 'publish' | 'unasked',
): PublishConcern[] {
  const mounts = [...(bound?.services ?? [])].flatMap(([service, fields]) =>
    wireItems(fields.get('volumes'))
      .filter((mount) => wireField(mount, 'type') === 'bind')
      .map((mount) => ({ service, mount: mountText(mount) })),
  );
  const envFiles = files.filter(({ kind }) => kind === 'env').map(({ path }) => path);
  const published = environment === 'publish' ? files : files.filter(({ kind }) => kind !== 'env');
  const findings = findSecrets(published);
  const configs = [...wireEntries(bound?.configs)]
    .filter(([, config]) => wireText(wireField(config, 'content')) !== undefined)
    .map(([name]) => name);
  return [
    ...(mounts.length > 0 ? [{ kind: 'bind-mounts', mounts } as const] : []),
    ...(findings.length > 0 ? [{ kind: 'secrets', findings } as const] : []),
    ...(envFiles.length > 0 && environment === 'unasked'
      ? [{ kind: 'env-files', files: envFiles } as const]
      : []),
    ...(configs.length > 0 ? [{ kind: 'inline-configs', configs } as const] : []),
  ];
}

function mountText(mount: Parameters<typeof wireField>[0]): string {
  const mode = wireField(mount, 'read_only') === true ? 'ro' : 'rw';
  return [wireText(wireField(mount, 'source')), wireText(wireField(mount, 'target')), mode].join(':');
}
