import { fuzz } from './fuzz';

await fuzz('models');
