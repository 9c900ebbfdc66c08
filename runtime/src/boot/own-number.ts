/** The number of a new installation and of its built-in line. Fictitious: nobody else has it. */
export const ownNumber = "+15550100001";
