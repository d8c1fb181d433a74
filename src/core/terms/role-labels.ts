import type { Labels } from './language.js';
import type { StakeholderRole } from './role.js';

/** How each role is called by the people who read of it. */
export const ROLE_LABELS: Readonly<Record<StakeholderRole, Labels>> = {
  coordinator: {
    de: 'Projektkoordination',
    fr: 'coordination du projet',
    it: 'coordinamento del progetto',
    sl: 'koordinacija projekta',
    en: 'project coordination',
  },
  regional_authority: {
    de: 'regionale Behörde',
    fr: 'autorité régionale',
    it: 'autorità regionale',
    sl: 'regionalni organ',
    en: 'regional authority',
  },
  cluster_manager: {
    de: 'Cluster-Management',
    fr: 'gestion de cluster',
    it: 'gestione del cluster',
    sl: 'vodstvo grozda',
    en: 'cluster management',
  },
  funding_agency: {
    de: 'Förderstelle',
    fr: 'organisme de financement',
    it: 'ente finanziatore',
    sl: 'agencija za financiranje',
    en: 'funding agency',
  },
  expert: {
    de: 'Fachleute',
    fr: 'experts',
    it: 'esperti',
    sl: 'strokovnjaki',
    en: 'experts',
  },
  stakeholder: {
    de: 'Beteiligte',
    fr: 'parties prenantes',
    it: 'portatori di interesse',
    sl: 'deležniki',
    en: 'stakeholders',
  },
  survey_import: {
    de: 'Import der Umfrage',
    fr: 'importation de l’enquête',
    it: 'importazione del questionario',
    sl: 'uvoz ankete',
    en: 'survey import',
  },
  administrator: {
    de: 'Administration der Regeln',
    fr: 'administration des règles',
    it: 'amministrazione delle regole',
    sl: 'skrbništvo pravil',
    en: 'administration of rules',
  },
  engine: {
    de: 'Cordata selbst',
    fr: 'Cordata même',
    it: 'Cordata stessa',
    sl: 'Cordata sama',
    en: 'Cordata itself',
  },
};
