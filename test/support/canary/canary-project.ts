import type { Canaries } from './canaries.js';

/** A project with a secret in every place that can hold one. */
export function canaryFiles(canaries: Canaries): Record<string, string> {
  const at = (place: string) => canaries.at(place);
  const login = (place: string) => `https://me:${encodeURIComponent(at(place))}@host.example`;
  return {
    '.env': `DOTENV_TOKEN=${at('.env, secret name')}\nDOTENV_PLAIN=${at('.env, ordinary name')}\n`,
    'web.env': `WEB_PLAIN=${at('env_file, ordinary name')}\nWEB_PASSWORD=${at('env_file, secret name')}\n`,
    'file-secret.txt': at('secret file'),
    'owned-secret.txt': at('secret file that is copied'),
    'file-config.txt': at('config file'),
    'copied-config.txt': at('config file that is copied'),
    'built/Dockerfile': dockerfile,
    'built/token.txt': at('build secret file'),
    '~/.docker/config.json': JSON.stringify({
      auths: { 'registry.example': { auth: Buffer.from(`me:${at('registry auth')}`).toString('base64') } },
      proxies: {
        default: { httpProxy: `http://me:${encodeURIComponent(at('client proxy'))}@proxy.example:3128` },
      },
      HttpHeaders: { 'X-Token': at('client header') },
    }),
    'remote.yaml': `include: ["${login('include from Git')}/compose.git"]\n`,
    'oci.yaml': `include: ["oci://me:${encodeURIComponent(at('include from a registry'))}@REGISTRY/files:1"]\n`,
    'compose.yaml': `
name: app
services:
  web:
    image: busybox
    environment:
      DB_PASSWORD: ${at('environment, secret name')}
      API_URL: ${login('environment, URL')}/api
      FROM_TOKEN: \${DOTENV_TOKEN}
      MODE: \${DOTENV_PLAIN}
      SHELL_TOKEN:
      FALLBACK_TOKEN: \${NOBODY_SETS_THE_TOKEN:-${at('default of a variable')}}
    env_file: web.env
    secrets: [file_secret, env_secret, { source: owned_secret, mode: 0400 }]
    configs:
      - { source: inline_config, target: /etc/inline }
      - { source: env_config, target: /etc/env }
      - { source: file_config, target: /etc/file }
      - { source: copied_config, target: /etc/copied, mode: 0444, uid: "7" }
    networks: [front]
    volumes: [data:/data]
    ports: ["127.0.0.1:18080:80"]
    healthcheck: { test: [CMD, check] }
    logging: { driver: splunk, options: { splunk-token: "${at('logging option')}", splunk-url: "${login('logging URL')}" } }
    post_start:
      - { command: [hook], environment: { HOOK_TOKEN: "${at('environment of a hook')}" } }
  listed:
    image: busybox
    environment:
      - API_KEY=${at('environment list, secret name')}
      - REPOSITORY=${login('environment list, URL')}/repo.git
    networks: [front]
    depends_on: [web]
    develop: { watch: [{ path: ./built, action: sync, target: /built }] }
  built:
    image: registry.example/built
    build:
      context: ./built
      args: { NPM_TOKEN: "${at('build argument')}", INDEX_URL: "${login('build argument, URL')}/simple" }
      secrets: [build_secret, env_secret]
      additional_contexts: { lib: "${login('additional context')}/lib.git" }
    environment: { BUILT_SECRET: "${at('environment of a built service')}" }
  listed_args:
    build: { context: ./built, args: [ "ACCESS_KEY=${at('build argument list')}" ] }
  elsewhere:
    profiles: [remote]
    build: { context: "${login('build context')}/app.git" }
  provided:
    provider:
      type: vault
      options: { password: "${at('provider option')}", address: "${login('provider URL')}" }
configs:
  inline_config: { content: "token ${at('inline config')}" }
  env_config: { environment: CONFIG_VALUE }
  file_config: { file: ./file-config.txt }
  copied_config: { file: ./copied-config.txt }
secrets:
  file_secret: { file: ./file-secret.txt }
  owned_secret: { file: ./owned-secret.txt }
  env_secret: { environment: SECRET_VALUE }
  build_secret: { file: ./built/token.txt }
networks:
  front: { driver_opts: { com.example.token: "${at('network driver option')}" } }
volumes:
  data:
    driver_opts: { type: cifs, device: //host/share, o: "username=me,password=${at('volume driver option')}" }
x-shared: { password: "${at('extension')}" }
`,
  };
}

/** Variables of the process. */
export function canaryEnvironment(canaries: Canaries): Record<string, string> {
  return {
    SHELL_TOKEN: canaries.at('variable of the process'),
    SECRET_VALUE: canaries.at('secret from a variable'),
    CONFIG_VALUE: canaries.at('config from a variable'),
    HTTP_PROXY: `http://me:${encodeURIComponent(canaries.at('proxy of the process'))}@proxy.example:3128`,
  };
}

const dockerfile = `FROM busybox
ARG NPM_TOKEN
ARG INDEX_URL
RUN --mount=type=secret,id=build_secret echo built
`;
