import { cpSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Copy, DockerfileParser, type From, type Instruction, type JSONInstruction } from 'dockerfile-ast';
import { run } from './npm.ts';

/** What a Dockerfile builds: its last stage as a folder, in place of the base image and without it. */
export interface Image {
  root: string;
  working_directory: string;
  user: string;
  /** Entry point and default arguments. */
  entrypoint: string[];
  command: string[];
}

interface Stage extends Image {
  name: string;
}

/**
 * Follows the instructions of the repository's Dockerfile without a container: a stage is a folder below `folder`, and RUN
 * runs on this machine, in the working directory within that folder. Throws on an instruction or an option that it does
 * not know, on an absolute path in RUN, which would leave the folder, and on a command that fails.
 */
export function buildImage(repository: string, folder: string): Image {
  const context = join(folder, 'context');
  copyContext(repository, context);
  const stages: Stage[] = [];
  const dockerfile = DockerfileParser.parse(readFileSync(join(repository, 'Dockerfile'), 'utf8'));
  for (const instruction of dockerfile.getInstructions()) {
    if (instruction.getKeyword() === 'FROM')
      stages.push(newStage(instruction as From, join(folder, `${stages.length}`)));
    else follow(instruction, context, stages);
  }
  const image = stages.at(-1);
  if (!image) throw new Error('the Dockerfile has no FROM');
  return image;
}

/** The files that .dockerignore leaves; it may only exclude all and name exceptions. */
function copyContext(repository: string, context: string): void {
  const lines = readFileSync(join(repository, '.dockerignore'), 'utf8').split('\n');
  const [all, ...exceptions] = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (all !== '*' || exceptions.some((line) => !line.startsWith('!'))) {
    throw new Error('.dockerignore has to be * followed by exceptions (!name)');
  }
  for (const line of exceptions)
    cpSync(join(repository, line.slice(1)), join(context, line.slice(1)), { recursive: true });
}

function newStage(from: From, root: string): Stage {
  mkdirSync(root);
  if (!/^node:\d+/.test(from.getExpandedArguments()[0]?.getValue() ?? ''))
    throw new Error('FROM is no image of Node.js');
  const name = from.getBuildStage() ?? '';
  return { name, root, working_directory: '/', user: 'root', entrypoint: [], command: [] };
}

function follow(instruction: Instruction, context: string, stages: readonly Stage[]): void {
  const keyword = instruction.getKeyword();
  const text = instruction.getArgumentsContent() ?? '';
  const stage = stages.at(-1);
  if (!stage) {
    if (keyword === 'ARG') return;
    throw new Error(`${keyword} before FROM`);
  }
  switch (keyword) {
    case 'LABEL':
      return;
    case 'WORKDIR':
      stage.working_directory = text;
      mkdirSync(join(stage.root, text), { recursive: true });
      return;
    case 'USER':
      stage.user = text;
      return;
    case 'ENTRYPOINT':
      stage.entrypoint = JSON.parse(text);
      return;
    case 'CMD':
      stage.command = JSON.parse(text);
      return;
    case 'COPY':
      copy(instruction as Copy, stage, context, stages);
      return;
    case 'RUN':
      runCommand(instruction as JSONInstruction, stage);
      return;
    default:
      throw new Error(`the Dockerfile has ${keyword}, which is not known here`);
  }
}

function copy(instruction: Copy, stage: Stage, context: string, stages: readonly Stage[]): void {
  const flags = instruction.getFlags();
  const from = stages.find(({ name }) => name === flags.find((flag) => flag.getName() === 'from')?.getValue());
  if (flags.length > (from ? 1 : 0)) throw new Error(`COPY has an option that is not known here: ${flags.join(' ')}`);
  const paths = instruction.getExpandedArguments().map((argument) => argument.getValue());
  const target = paths.pop() ?? '';
  const destination = join(stage.root, resolve(stage.working_directory, target));
  for (const path of paths) {
    const source = join(from?.root ?? context, path);
    const into = target.endsWith('/') ? join(destination, path) : destination;
    if (globSync(source).length === 0) throw new Error(`COPY finds no ${path}`);
    cpSync(source, into, { recursive: true, verbatimSymlinks: true });
  }
}

function runCommand(instruction: JSONInstruction, stage: Stage): void {
  if (instruction.getFlags().length > 0) throw new Error('RUN has an option that is not known here');
  const command = instruction.getArgumentsContent() ?? '';
  if (/(^|[\s='"])\//.test(command)) throw new Error(`RUN has an absolute path: ${command}`);
  const { status, stdout, stderr } = run(join(stage.root, stage.working_directory), 'sh', ['-c', command]);
  if (status !== 0) throw new Error(`RUN ${command} failed: ${stderr || stdout}`);
}
