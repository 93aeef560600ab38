/** The texts of this folder in English. */
export const en = {
  noHistoryYet: 'No history yet.',
  byActor: 'by {{actor}}',
  toAddress: 'To {{address}}',
  seatsInUse: 'Seats in use',
  seatsAndRatePlan: 'Seats and rate plan',
  onlyOperatorServiceChangeSettings: 'Only the operator of the service can change these settings.',
  seatsTaken: 'Seats taken: {{taken}} of {{seats}}',
  activeLicenses: 'Active licenses',
  waitingForASeat: 'Waiting for a seat',
  seats: 'Seats',
  unlimited: 'Unlimited',
  whenAllSeatsAreTaken: 'When all seats are taken',
  ratePlan: 'Rate plan',
  seatsRatePlanSaved: 'The seats and the rate plan were saved.',
  lessThanNumberActiveLicenses:
    'This is less than the number of active licenses. Nobody loses a license, but new users do not get one.',
  maximumNumberActiveLicensesLeave: 'The maximum number of active licenses. Leave empty for no limit.',
} as const;
