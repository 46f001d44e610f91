/** Ordinary French names. A family name never stands alone: ESSAI- before it says that nobody bears it here. */
export const familyNames = [
  ...['ALLARD', 'AUBERT', 'BARBIER', 'BENOIT', 'BERGER', 'BLANC', 'BONNET', 'BOUCHER', 'BRUNET', 'CARON'],
  ...['CHEVALIER', 'COLIN', 'CORDIER', 'DA SILVA', 'DELATTRE', 'DIALLO', 'DUMAS', 'DUPUIS', 'FABRE', 'FAURE'],
  ...['FERRAND', 'FONTAINE', 'GARNIER', 'GAUTHIER', 'GIRARD', 'GUERIN', 'HAMEL', 'HUBERT', 'JACQUET', 'JOLY'],
  ...['LACROIX', 'LAMBERT', 'LECLERC', 'LEGRAND', 'LEMAIRE', 'LEROY', 'MARCHAND', 'MARTY', 'MASSON', 'MENARD'],
  ...['MERCIER', 'MOREL', 'MOULIN', 'NGUYEN', 'NOEL', 'OLIVIER', 'PARIS', 'PERRIN', 'PETIT', 'PICARD'],
  ...['POIRIER', 'PREVOST', 'RENAUD', 'RIVIERE', 'ROCHE', 'ROUSSEL', 'TESSIER', 'VIDAL', 'VIGIER', 'WEBER'],
] as const;

export const givenNames = {
  female: [
    ...['Adèle', 'Agnès', 'Aïcha', 'Alice', 'Anne', 'Bénédicte', 'Camille', 'Catherine', 'Chantal', 'Claire'],
    ...['Colette', 'Danielle', 'Élise', 'Fatima', 'Florence', 'Françoise', 'Hélène', 'Jeanne', 'Josiane', 'Louise'],
    ...['Madeleine', 'Marie', 'Martine', 'Monique', 'Nadia', 'Nicole', 'Odette', 'Simone', 'Suzanne', 'Yvonne'],
  ],
  male: [
    ...['Alain', 'André', 'Antoine', 'Bernard', 'Christian', 'Daniel', 'Denis', 'Émile', 'Étienne', 'François'],
    ...['Georges', 'Gérard', 'Guy', 'Henri', 'Jacques', 'Jean', 'Karim', 'Louis', 'Marcel', 'Mehdi'],
    ...['Michel', 'Ousmane', 'Pascal', 'Paul', 'Philippe', 'Pierre', 'René', 'Robert', 'Thierry', 'Yves'],
  ],
} as const;
