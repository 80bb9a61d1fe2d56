/** `npm run fix`: formats both sides and mends what their linters can mend. */
import { existsSync } from 'node:fs';
import { command, main } from './command';
import { pythonProgram } from './python';

await main(async () => {
  const outcomes = [await command('npx', ['biome', 'check', '--write'])];
  const ruff = pythonProgram('ruff');
  if (existsSync(ruff)) {
    outcomes.push(await command(ruff, ['check', '--fix', 'training']));
    outcomes.push(await command(ruff, ['format', 'training']));
  } else {
    console.error('training/ is left as it is: there is no training/.venv. `npm test -- training` makes it.');
  }
  return Math.max(...outcomes.map(({ status }) => status));
});
