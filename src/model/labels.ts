/** Labels of docker compose: with them its `ps`, dashboards and editors see our stacks, and we see theirs. */
export const composeLabel = {
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  version: 'com.docker.compose.version',
  configHash: 'com.docker.compose.config-hash',
  containerNumber: 'com.docker.compose.container-number',
  oneOff: 'com.docker.compose.oneoff',
  /** On one-off containers: what makes them differ, where replicas have a number. */
  slug: 'com.docker.compose.slug',
  /** On containers that run a hook: which one. */
  hook: 'com.docker.compose.hook',
  dependsOn: 'com.docker.compose.depends_on',
  image: 'com.docker.compose.image',
  replace: 'com.docker.compose.replace',
  workingDir: 'com.docker.compose.project.working_dir',
  configFiles: 'com.docker.compose.project.config_files',
  environmentFiles: 'com.docker.compose.project.environment_file',
  network: 'com.docker.compose.network',
  volume: 'com.docker.compose.volume',
} as const;

/**
 * Our own labels. They stand below docker compose's prefix, since everything that hides a Compose tool's labels from
 * people (its event stream, dashboards) goes by that prefix.
 */
export const ownLabel = {
  /** Digest of every field of the service that shapes the container, as `planContainer` reads it back. */
  fingerprint: 'com.docker.compose.tscompose.fingerprint',
  /** On images: digests of all that it was built from. */
  buildInputs: 'com.docker.compose.tscompose.build-inputs',
  /** On all that an instance has: its name. */
  instance: 'com.docker.compose.tscompose.instance',
  /** On all that a test has brought up: who made it, and how long it stays (`testing/test-mark.ts`). */
  test: 'com.docker.compose.tscompose.test',
} as const;

/** Whether a container is no replica of its service: a single run of it, or a hook. */
export function isBesideReplicas(labels: ReadonlyMap<string, string>): boolean {
  return labels.get(composeLabel.oneOff) === 'True' || labels.has(composeLabel.hook);
}
