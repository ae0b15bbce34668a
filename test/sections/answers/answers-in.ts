import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Answers } from './table.ts';

/** The tables of all files in a folder beside this one; nothing registers them. */
export async function answersIn(folder: 'month' | 'web-day'): Promise<Answers> {
  const files = globSync('*.ts', { cwd: join(import.meta.dirname, folder) }).sort();
  const modules: { ANSWERS: Answers }[] = await Promise.all(files.map((file) => import(`./${folder}/${file}`)));
  const entries = modules.flatMap(({ ANSWERS }) => Object.entries(ANSWERS));
  const answers = Object.fromEntries(entries);
  if (Object.keys(answers).length < entries.length) throw new Error(`a section has two tables in ${folder}`);
  return answers;
}
