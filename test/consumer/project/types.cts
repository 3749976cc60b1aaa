import compose = require('tscompose/compat');
import tscompose = require('tscompose');

export async function names(): Promise<string[]> {
  const project = await tscompose.loadProject('compose.yaml', { profiles: ['debug'] });
  const { data } = await compose.ps({ cwd: project.model.workingDir });
  return data.services.map(({ name }) => name);
}
