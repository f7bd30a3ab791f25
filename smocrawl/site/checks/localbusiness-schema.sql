-- id: localbusiness-schema
-- title: The markup does not say where and when you are open
-- tactic: T4
-- severity: high
-- says: Of address, telephone, opening hours and position the home page's structured data states {stated}.
-- source: https://developers.google.com/search/docs/appearance/structured-data/local-business
-- source_name: Google, LocalBusiness structured data
-- grade: A
-- limit: pass=4 warn=2
-- owner: editor
-- measured: (SELECT home IS NOT NULL FROM this_run)
-- applies: (SELECT base = 'local' FROM audience)
--
-- Why: Maps, search and messages show place and hours from this description. People who cannot see that you are
-- open go elsewhere.
--
-- Fix: Add a LocalBusiness in JSON-LD with address, telephone, openingHours and geo.
--
-- Accept: Google's Rich Results Test shows all four.

SELECT coalesce(max(address + telephone + hours + geo), 0) AS stated,
       at_least(coalesce(max(address + telephone + hours + geo), 0), :pass, :warn) AS outcome
FROM organization WHERE local
