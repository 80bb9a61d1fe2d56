/** The pages of one lesion and of one patient, in one file that is fetched when the first of them is opened. */
export { CaseDetail } from './CaseDetail';
export { PatientPage } from './patient/PatientPage';
