/** `npm run parity`: PyTorch against the exported graphs run by TensorFlow.js. */
import { command, main } from './command';
import { ensurePython, pythonProgram } from './python';

await main(async () => {
  await ensurePython();
  return (await command(pythonProgram('python'), ['-m', 'pytest', 'training/tests/export', '-v', '-rs']))
    .status;
});
