/** How the results call those who are measured. */
export const names = {
  ours: 'tscompose',
  executable: 'tscompose (executable)',
  node: 'node -e 0',
  dockerCompose: 'docker compose',
  /** As people run it. */
  dockerCli: 'docker compose (docker CLI)',
  buildx: 'docker buildx',
  /** Nothing but calls to the engine. */
  api: 'engine API',
};
