/** What proves that keys do what they are for: a service that runs to its end, and what it writes. */
export interface RunFixture {
  /** As in the schema: `services.*.configs[].target`. */
  readonly keys: readonly string[];
  /** Services by name; the first is the one that counts. All have busybox as their image. */
  readonly services: Readonly<Record<string, string>>;
  /** Lines of the log of the first service. */
  readonly says: readonly string[];
  readonly top?: string;
  readonly files?: Readonly<Record<string, string>>;
}

const below = (...keys: string[]) => keys.map((key) => `services.*.${key}`);

export const runFixtures: readonly RunFixture[] = [
  {
    keys: below('mac_address'),
    services: {
      'mac-of-service': '{mac_address: "02:00:00:00:12:34", command: cat /sys/class/net/eth0/address}',
    },
    says: ['02:00:00:00:12:34'],
  },
  {
    keys: below('networks.*.mac_address'),
    services: {
      'mac-of-endpoint':
        '{networks: {default: {mac_address: "02:00:00:00:56:78"}}, command: cat /sys/class/net/eth0/address}',
    },
    says: ['02:00:00:00:56:78'],
  },
  {
    keys: below('env_file', 'env_file[].path', 'env_file[].required', 'env_file[].format'),
    services: {
      'env-files':
        '{env_file: [one.env, {path: none.env, required: false}, {path: raw.env, format: raw}], command: sh -c \'echo "$$ONE $$RAW"\'}',
    },
    files: { 'one.env': "ONE='first' # comment\n", 'raw.env': "RAW='kept'\n" },
    says: ["first 'kept'"],
  },
  {
    keys: below('links'),
    services: {
      linking: '{links: ["linked:database"], command: ping -c 1 -q database}',
      linked: '{command: sleep 60, init: true}',
    },
    says: ['1 packets transmitted, 1 packets received, 0% packet loss'],
  },
  {
    keys: below('volumes_from'),
    services: {
      taking:
        '{volumes_from: ["giving:ro"], command: sh -c "cat /given/file; touch /given/file 2>&1 | grep -o Read-only"}',
      giving:
        '{volumes: ["/given"], command: sh -c "echo given > /given/file && sleep 60", init: true, healthcheck: {test: [CMD, test, -s, /given/file], interval: 1s}}',
    },
    says: ['given', 'Read-only'],
  },
  {
    keys: [
      ...below(
        'configs',
        'configs[].source',
        'configs[].target',
        'configs[].uid',
        'configs[].gid',
        'configs[].mode',
      ),
      'configs',
      'configs.*.content',
      'configs.*.name',
    ],
    services: {
      configured:
        '{configs: [{source: inline, target: /etc/app.conf, uid: "1000", gid: "1001", mode: 0440}], command: sh -c "stat -c %u:%g:%a /etc/app.conf; cat /etc/app.conf"}',
    },
    top: 'configs: {inline: {content: "port=80", name: shop-inline}}',
    says: ['1000:1001:440', 'port=80'],
  },
  {
    keys: ['configs.*.file'],
    services: { 'configured-by-file': '{configs: [fromfile], command: cat /fromfile}' },
    top: 'configs: {fromfile: {file: ./app.conf}}',
    files: { 'app.conf': 'from a file\n' },
    says: ['from a file'],
  },
  {
    keys: ['configs.*.environment'],
    services: { 'configured-by-variable': '{configs: [fromvariable], command: cat /fromvariable}' },
    top: 'configs: {fromvariable: {environment: SUPPORT_VALUE}}',
    says: ['from the environment'],
  },
  {
    keys: [
      ...below(
        'secrets',
        'secrets[].source',
        'secrets[].target',
        'secrets[].uid',
        'secrets[].gid',
        'secrets[].mode',
      ),
      'secrets',
      'secrets.*.environment',
      'secrets.*.name',
    ],
    services: {
      trusted:
        '{secrets: [{source: token, target: key, uid: "7", gid: "8", mode: 0400}], command: sh -c "stat -c %u:%g:%a /run/secrets/key; cat /run/secrets/key"}',
    },
    top: 'secrets: {token: {environment: SUPPORT_VALUE, name: shop-token}}',
    says: ['7:8:400', 'from the environment'],
  },
  {
    keys: ['secrets.*.file'],
    services: { 'trusted-by-file': '{secrets: [filed], command: cat /run/secrets/filed}' },
    top: 'secrets: {filed: {file: ./token.txt}}',
    files: { 'token.txt': 'a token\n' },
    says: ['a token'],
  },
  {
    keys: below('depends_on', 'depends_on.*.condition', 'depends_on.*.required', 'depends_on.*.restart'),
    services: {
      dependent:
        '{depends_on: {first: {condition: service_completed_successfully, restart: true}, absent: {condition: service_started, required: false}}, volumes: ["order:/order"], command: cat /order/done}',
      first: '{volumes: ["order:/order"], command: sh -c "echo first > /order/done"}',
      absent: '{profiles: [never]}',
    },
    top: 'volumes: {order: {}}',
    says: ['first'],
  },
  {
    keys: ['services', ...below('extends', 'extends.service', 'extends.file', 'label_file')],
    services: {
      extending:
        '{extends: {file: base.yaml, service: base}, environment: {OWN: own}, label_file: some.labels}',
    },
    files: {
      'base.yaml': 'services: {base: {environment: {BASE: base}, command: sh -c \'echo "$$BASE $$OWN"\'}}',
      'some.labels': 'team=red\n',
    },
    says: ['base own'],
  },
];
