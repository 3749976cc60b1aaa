import { join } from 'node:path';

/** Where what saves work may lie, and may be lost at any time: `$XDG_CACHE_HOME/tscompose`, else `~/.cache/tscompose`. */
export function cacheHome(xdgCacheHome: string | undefined, homeDir: string): string {
  return join(xdgCacheHome || join(homeDir, '.cache'), 'tscompose');
}
