import { redactUrls } from '../../model/redact.js';
import { UsageError } from '../../problems/errors.js';

/** Something in a Git repository: `https://host/team/app.git#main:deploy`. */
export interface GitReference {
  /** As git takes it. */
  readonly url: string;
  /** Branch, tag or commit in full; undefined: what the repository has as its head. */
  readonly ref: string | undefined;
  /** File or directory in it, without a slash in front; empty: its top. */
  readonly path: string;
  /** Last part of the URL: `app`. */
  readonly name: string;
}

/** Reads a reference. Throws UsageError for one that git must not see. */
export function parseGitReference(text: string): GitReference {
  const hash = text.indexOf('#');
  const address = hash === -1 ? text : text.slice(0, hash);
  const fragment = hash === -1 ? '' : text.slice(hash + 1);
  const colon = fragment.indexOf(':');
  const ref = colon === -1 ? fragment : fragment.slice(0, colon);
  const path = colon === -1 ? '' : fragment.slice(colon + 1).replace(/^\/+|\/+$/g, '');
  const url = address.startsWith('github.com/') ? `https://${address}` : address;
  const name = /([^/:]+?)(?:\.git)?\/*$/.exec(address)?.[1] ?? 'repository';
  const isSafe =
    /^(?:https?|ssh|git|file):\/\/[^\s-]|^git@[^\s-]/.test(url) &&
    !ref.startsWith('-') &&
    !/[\s\0~^?*[\\]|\.\./.test(ref) &&
    !path.split('/').includes('..') &&
    !path.includes('\0');
  if (isSafe) return { url, ref: ref === '' ? undefined : ref, path, name };
  throw new UsageError(`${redactUrls(text)} is no Git reference`, {
    code: 'config/remote',
    hint: 'write https://host/repository.git#branch-or-tag:directory',
  });
}

/** Whether it names a commit, so that no repository need be asked what it is. */
export function isCommit(ref: string | undefined): ref is string {
  return ref !== undefined && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(ref);
}
