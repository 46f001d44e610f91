// What a machine must have before anything is installed. Plain JavaScript: it runs on the machine's own Node.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Node below this cannot run the launcher and npm's lockfile format. */
const NODE_AT_LEAST = 20;
const JAVA_AT_LEAST = 17;

const apt = (packages) => `on Debian or Ubuntu: sudo apt-get install ${packages}`;
const brew = (packages) => `on macOS: brew install ${packages}`;

const remedies = {
  node: `Node ${NODE_AT_LEAST} or newer is needed: install it from your system's packages (${apt('nodejs npm')}; ${brew('node')}).`,
  npm: `npm is needed and is not installed: ${apt('npm')}; ${brew('node')}.`,
  python3: `Python 3 is needed to download MongoDB and Temporal and is not installed: ${apt('python3 python3-pip')}; ${brew('python')}.`,
  pip: `pip is needed to download MongoDB and Temporal, and Python 3 does not have it: ${apt('python3-pip')}.`,
  java: `Java ${JAVA_AT_LEAST} or newer is needed to run Kafka and is not installed: ${apt('openjdk-17-jre-headless')}; ${brew('openjdk@17')}.`,
  mvn: `Maven is needed to download Kafka and is not installed: ${apt('maven')}; ${brew('maven')}.`,
};

function onPath(command, path) {
  return path.split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, command)));
}

/**
 * The major version in the text of `java -version`, or undefined when it says nothing of the kind.
 * @param {string} text
 */
export function javaMajor(text) {
  const found = /version "(?:1\.)?(\d+)/.exec(text);
  return found ? Number(found[1]) : undefined;
}

/**
 * One sentence with its remedy for each missing tool.
 * @param {{ nodeVersion: string, path: string, servers: boolean, run: (command: string, args: string[]) => { ok: boolean, text: string } }} machine
 *   `servers`: whether the three servers will be needed, and with them Python, Java and Maven.
 * @returns {string[]}
 */
export function missingTools({ nodeVersion, path, servers, run }) {
  const missing = [];
  if (Number(nodeVersion.replace(/^v/, '').split('.')[0]) < NODE_AT_LEAST) missing.push('node');
  if (!onPath('npm', path)) missing.push('npm');
  if (!servers) return missing.map((tool) => remedies[tool]);
  if (!onPath('python3', path)) missing.push('python3');
  else if (!run('python3', ['-c', 'import pip']).ok) missing.push('pip');
  if (!onPath('mvn', path)) missing.push('mvn');
  const sentences = missing.map((tool) => remedies[tool]);
  const java = onPath('java', path) ? run('java', ['-version']) : undefined;
  const major = java?.ok ? javaMajor(java.text) : undefined;
  if (major === undefined) sentences.push(remedies.java);
  else if (major < JAVA_AT_LEAST)
    sentences.push(remedies.java.replace('is not installed', `this machine runs Java ${major}`));
  return sentences;
}

/** Runs a tool of this machine to its end. */
export function runTool(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 20_000 });
  return { ok: status === 0, text: `${stdout ?? ''}${stderr ?? ''}` };
}
