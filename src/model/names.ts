/** `<project>-<service>-<number>`, or what `container_name` says. */
export function containerName(
  project: string,
  service: { name: string; containerName?: string },
  number: number,
): string {
  return service.containerName ?? `${project}-${service.name}-${number}`;
}

/** The name that a replacement has until the old container is gone: docker compose's own form, so both finish each other's work. */
export function temporaryContainerName(oldId: string, finalName: string): string {
  return `${oldId.slice(0, 12)}_${finalName}`;
}

/** The final name behind a temporary one, or undefined when `name` is not temporary. */
export function finalNameOf(name: string): string | undefined {
  return /^[0-9a-f]{12}_(.+)$/.exec(name)?.[1];
}

export function defaultImageName(project: string, service: string): string {
  return `${project}-${service}`;
}

/** Lower case; whatever is not a letter, digit, `_` or `-` is dropped; no `_` or `-` in front. May be empty. */
export function normalizeProjectName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

export function isProjectName(name: string): boolean {
  return /^[a-z0-9][a-z0-9_-]*$/.test(name);
}
