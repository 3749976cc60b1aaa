import { describe, expect, it } from 'vitest';
import { validateSchema } from '../../../src/load/validate-schema.js';

/** What is wrong with one service called web: path below the service and message. */
function problemsOf(service: unknown): string[] {
  return validateSchema({ services: { web: service } }).map((issue) => {
    const hint = issue.hint === undefined ? '' : ` (${issue.hint})`;
    return `${issue.code} ${issue.target} ${issue.path.slice(2).join('/')} | ${issue.message}${hint}`;
  });
}

describe('a document that is fine', () => {
  it('may have every attribute in its short form', () => {
    const web = {
      image: 'x',
      build: '.',
      command: 'run',
      entrypoint: ['a', 'b'],
      depends_on: ['db'],
      environment: ['A=1', 'B'],
      env_file: '.env',
      ports: ['80:80', 443],
      volumes: ['a:/b'],
      networks: ['n'],
      gpus: 'all',
      ulimits: { nofile: 10 },
      extends: 'base',
      configs: ['c'],
      devices: ['/dev/a'],
      models: ['m'],
    };
    expect(validateSchema({ services: { web } })).toEqual([]);
  });

  it('may have every attribute in its long form', () => {
    const web = {
      build: { context: '.', args: { A: 1, B: null, C: true }, ssh: ['default'], sbom: true },
      depends_on: { db: { condition: 'service_healthy', required: false } },
      environment: { A: '1', B: null, C: 2, D: true },
      env_file: ['a', { path: 'b', required: false }],
      ports: [{ target: 80, published: '80' }],
      volumes: [{ type: 'bind', source: '.', target: '/a', bind: { create_host_path: false } }],
      networks: { n: null, m: { aliases: ['x'], priority: 1 } },
      gpus: [{ count: 'all' }],
      ulimits: { nofile: { soft: 1, hard: 2 } },
      extends: { service: 'base', file: 'f' },
      secrets: [{ source: 's', mode: '0440' }],
      provider: { type: 'x', options: { a: 1, b: ['x'] } },
      'x-mine': { anything: [1] },
      'x-tscompose': { kind: 'job' },
    };
    expect(validateSchema({ services: { web }, 'x-top': 1 })).toEqual([]);
  });

  it('may leave empty what may be empty', () => {
    const web = { image: 'x', command: null, entrypoint: null, deploy: null, develop: null };
    const document = { services: { web }, include: null, networks: { n: null }, volumes: { v: null } };
    expect(validateSchema(document)).toEqual([]);
  });

  it('may have infinite numbers where text is made of them', () => {
    expect(problemsOf({ image: 'x', environment: { A: Number.POSITIVE_INFINITY, B: Number.NaN } })).toEqual(
      [],
    );
  });
});

describe('an unknown key', () => {
  it('is pointed at, and the likeliest key is named', () => {
    expect(validateSchema({ services: { web: { image: 'x', prts: ['80'] } } })).toEqual([
      {
        code: 'config/unknown-key',
        path: ['services', 'web', 'prts'],
        target: 'key',
        message: 'service "web" has no key "prts"',
        hint: 'did you mean "ports"?',
      },
    ]);
  });

  it('that belongs one level down or up is sent there', () => {
    expect(problemsOf({ image: 'x', replicas: 2, build: { context: '.', ports: [] } })).toEqual([
      'config/unknown-key key replicas | service "web" has no key "replicas" ("replicas" belongs under "deploy")',
      'config/unknown-key key build/ports | service "web": build has no key "ports" ("ports" belongs directly to service "web")',
    ]);
  });

  it('at the top that looks like a service is sent under services', () => {
    expect(validateSchema({ web: { image: 'x', ports: ['80'] } }).map((issue) => issue.hint)).toEqual([
      'a service must stand under "services"',
    ]);
  });

  it('may have the name of an object member', () => {
    const document = JSON.parse('{"services": {"web": {"__proto__": 1, "constructor": 2, "toString": 3}}}');
    expect(validateSchema(document).map((issue) => issue.path.at(-1))).toEqual([
      '__proto__',
      'constructor',
      'toString',
    ]);
  });
});

it('names of object members are ordinary names of services and variables', () => {
  const service = '{"image": "x", "environment": {"__proto__": "1", "constructor": "2"}}';
  const document = JSON.parse(`{"services": {"__proto__": ${service}, "constructor": ${service}}}`);
  expect(validateSchema(document)).toEqual([]);
});

it('a key that is missing is never taken from the prototype', () => {
  const hook = Object.create({ command: 'inherited' });
  expect(problemsOf({ image: 'x', post_start: [hook] })).toEqual([
    'config/missing-key value post_start/0 | service "web": post_start[0] needs the key "command"',
  ]);
});

it('every issue is reported, in the order of the document', () => {
  const issues = validateSchema({
    servces: {},
    services: { web: { ports: {}, image: null }, db: { volumes: [{ source: 'a' }] }, 'a b': {} },
    volumes: { data: { size: '1g' } },
  });
  expect(issues.map((issue) => `${issue.code} ${issue.path.join('/')}`)).toEqual([
    'config/unknown-key servces',
    'config/wrong-type services/web/ports',
    'config/wrong-type services/web/image',
    'config/missing-key services/db/volumes/0',
    'config/invalid-value services/a b',
    'config/unknown-key volumes/data/size',
  ]);
});

it('a value of one form is held to that form alone', () => {
  expect(problemsOf({ image: 'x', build: { contxt: '.' }, ports: [{ targt: 80 }] })).toEqual([
    'config/unknown-key key build/contxt | service "web": build has no key "contxt" (did you mean "context"?)',
    'config/unknown-key key ports/0/targt | service "web": ports[0] has no key "targt" (did you mean "target"?)',
  ]);
});

it('5000 services are checked at once and name each issue', () => {
  const services = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [`s${index}`, { image: 'x', restart: false }]),
  );
  expect(validateSchema({ services })).toHaveLength(5000);
});

it.each([null, 1, 'text', [], undefined])('a file that is %j is not a mapping', (document) => {
  expect(validateSchema(document).map((issue) => [issue.code, issue.path])).toEqual([
    ['config/wrong-type', []],
  ]);
});
