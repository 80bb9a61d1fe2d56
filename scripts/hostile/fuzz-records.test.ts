import { fuzz } from './fuzz';

await fuzz('records');
