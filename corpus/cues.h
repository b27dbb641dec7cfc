/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cues.h - the words by which a conference document shows its structure.
 *
 * The words live in cues/LANGUAGE.cues, one heading per kind of cue; all languages
 * are looked up together, since documents mix them. A cue is one to six
 * folded words (words_fold).
 */
#ifndef CORPUS_CUES_H
#define CORPUS_CUES_H

#include <stdbool.h>

#include <glib.h>

enum cue {
	CUE_PANEL,	/* "panel", "round table": stands before a number */
	CUE_CONTENTS, CUE_AGENDA, CUE_PEOPLE, CUE_REFERENCES, CUE_IMPRINT,	/* headings of zones */
	CUE_PART,	/* headings of parts: "introduction", "conclusion" */
	CUE_SIGNED,	/* parts that people sign: "foreword", "message" */
	CUE_OUTCOME,	/* parts in the report's own voice: "conclusions" */
	CUE_MODERATOR,
	CUE_ROLE,	/* "minister", "head": begins or holds a function */
	CUE_RANK,	/* "political", "joint": stands before a role */
	CUE_BODY,	/* "ministry", "university": holds an organisation's name */
	CUE_HONORIFIC,	/* "mr", "he", "professor": stands before a name */
	CUE_PARTICLE,	/* "van", "de": small words inside names */
	CUE_SAY,	/* "stressed", "recalled" */
	CUE_TALK,	/* "intervention", "keynote": what somebody gave */
	CUE_GAVE,	/* "opened by", "given by" without "by" */
	CUE_OWN,	/* the report's own voice: "panellists", "participants" */
	CUE_PREPOSITION,/* before a name: it is not the subject */
	CUE_DANGLING,	/* a paragraph that ends so goes on: "the", "of" */
	CUE_NOT_NAME,	/* capitalised words that are no part of people's names */
	CUE_COUNTRY,
	CUE_PREPARED,	/* "prepared by" */
	CUE_STATEMENT,	/* "statement by", "address by" */
	CUE_TRANSCRIPT, CUE_REPORT, CUE_BACKGROUND, CUE_DECK,	/* document types */
	CUE_AUDIENCE,	/* labels that name nobody: "q", "audience" */
	CUE_SELF_ONE,	/* the first person singular */
	CUE_SELF,	/* the first person: "we", "my" */
	CUE_EVENT,	/* "conference", "summit": holds the name of an event */
	CUE_ANSWER,	/* "a", "answer" */
	CUE_HEAD,	/* "venue", "e-mail", "note": stand before a colon and name no speaker */
	CUE_CROWD,	/* "participants", "delegate": people without a name */
	CUE_QUANTIFIER,	/* "several", "one": stands before those */
	CUE_ARTICLE, CUE_PRONOUN, CUE_BY, CUE_OF, CUE_AND,
	CUE_DELEGATE,	/* "representative of": stands before what speaks through somebody */
	CUE_GROUP,	/* "group of 77": speaks as countries do */
	CUE_SPEAK,	/* what only people, delegations and houses do: narrower than CUE_SAY */
	CUE_LEAD,	/* begins what stands before the subject: "in", "responding" */
	CUE_PRESIDES,	/* "chair", "president": whoever leads the meeting itself */
	CUE_PASSIVE,	/* "was", "been": what follows is done to the subject */
	CUE_ASSEMBLY,	/* "committee": the meeting itself, whose acts are nobody's words */
	CUE_TAKES_CHAIR, CUE_HANDS_CHAIR, CUE_PROCEEDINGS,	/* "took the Chair" */
	CUE_WHO,	/* "who": begins a clause, no function */
	CUE_LIFE,	/* "is", "joined": what notes on people go on with behind the name */
	CUE_IMPERSONAL,	/* "it was": suggested, noted, by nobody in particular */
	CUE_CONSENSUS,	/* "agreed", "decided": behind "it was", all of them */
	CUE_HAD,	/* "had" before a verb: inside somebody's account, nobody new speaks */
	CUE_INTERVIEW,	/* "interview with": before who answers */
	CUE_ON_BEHALF,
	CUE_CONTINUED,	/* "continued on page": at the edge of a page */
	CUE_I_AM,	/* "I'm", "my name is": before the speaker's own name */
	CUE_SPEAKING,	/* "Ann speaking", "Ann again": in the notes of slides that several show */
	CUE_OUTLINE, CUE_THANKS,	/* titles of slides */
	CUE_SOURCE,	/* "source": where a table's figures are from */
	CUE_ORGANISED,	/* "hosted by": below a title */
	CUE_FROM,	/* "with", "from": between a questioner's name and house */
	CUE_GOES_ON,	/* "continued": behind the title of a slide */
	CUE_MODERATES,	/* "was moderated by", "moderó": of a session */
	CUE_ELECTED,	/* "was elected": into an office */
	CUE_FLOOR,	/* "in the audience": where somebody without a name stands */
	CUE_OFFICERS,	/* "the co-chairs", "the presenters": several at once */
	CUE_ASK,	/* "asked", "wondered" */
	CUE_REPLY,	/* "replied", "answered" */
	CUE_TO_COME,	/* "will be published", "will meet": what a report announces itself */
	CUE_COLOPHON,	/* "transcript of": begins what stands below the last turn */
	CUE_MASTHEAD,	/* "Distr.", "Original: English": above a title */
	CUE_ENVOY,	/* who is in a country for another one */
	CUE_INDEFINITE,	/* the article "a" */
	CUE_SUBJUNCTIVE,	/* "sei", "habe": what is told after somebody (in languages that have it) */
	CUE_INDICATIVE,	/* "ist", "kam": what the teller says himself, in those languages */
	CUE_AUTHOR,	/* "rapporteur", "written by": before who wrote the document */
	CUE_ANNEX,	/* "annex", "appendix": before what the part is */
	CUE_CHAIR,	/* "President:": heads the line that names who chairs a meeting */
	CUE_SPEAKER,	/* "the speaker", "la ponente": whoever has the floor */
	CUE_THING,	/* "study", "law": says something in print, and is nobody */
	CUE_AS,		/* "as X said": the one who speaks quotes X */
	CUE_TITLED,	/* "entitled", "called": stands before the title of something */
	CUE_ACCORDING,	/* "according to": stands before whose words or view it is */
	CUE_RULE,	/* the Chatham House Rule by its names */
	CUE_UNATTRIBUTED,	/* "on a non-attribution basis", "not for attribution" */
	CUE_UNDER,	/* stands before the rule that something is held by */
	CUE_APPLIES,	/* stands behind it: "applies", "was observed" */
	CUE_NEGATION,	/* "not", "lifted" */
	CUE_SUPPOSED,	/* "should", "if", "many": what is talked about, not so here and now */
	CUE_THAT,	/* behind a verb of speaking: somebody's account follows */
	CUE_AGREED,	/* what was agreed or recalled holds */
	CUE_DEFINITE,	/* "the", "this", "all": this one, and not just any */
	CUE_GATHERING,	/* "meeting", "discussions", "report": what such a rule covers */
	CUE_EXCEPT,	/* "except", "with the exception of" */
	CUE_ON_RECORD,	/* "on the record", "attributable" */
	CUE_ITEM,	/* "agenda item": what a meeting deals with, no agenda */
	CUE_HELD,	/* "held", "convened": begins a line that says how a meeting was held */
	CUE_UP_TO,	/* "to", "through": between the first number and the last */
	CUE_GREETING,	/* "dear": begins a letter */
	CUE_NAMED,	/* "thanks to", "photo": somebody is named behind it */
	CUE_THANKED,	/* of those: by the first name alone too */
	CUE_MISTER,	/* "mr", "prof": stands before names and nothing else */
	CUE_PLACE,	/* "house", "street": holds the name of a place */
	CUE_VERB,	/* "was", "has", "went": small verbs behind a subject */
	CUE_CLOSING,	/* "yours sincerely": stands before who signs it */
	CUE_DISPUTED,	/* "questioned", "shared": done to somebody's words, by who speaks next */
	CUE_NOT_ALL,	/* "not everyone": agreed */
	CUE_SHARES,	/* "shared", "convinced": what those do who agree */
	CUE_FOR,	/* "for": whose view it is, whom something was made for */
	CUE_COMES_FROM,	/* "came from": doubts, from the one named behind it */
	CUE_NO_VERB,	/* small words behind a name that are no verb of its: "and", "from" */
	CUE_PAGE,	/* "page": before its number */
	N_CUES
};

/* True where the folded words are this cue. len -1: up to the NUL. */
bool cue_is(enum cue cue, const char *folded, gssize len);
/* The number of words of the longest cue that the folded text begins with; 0. */
guint cue_begins(enum cue cue, const char *folded);
/* True where the folded text's last words are this cue. */
bool cue_ends(enum cue cue, const char *folded);
/* True where any of the folded text's words, or runs of words, are this cue. */
bool cue_holds(enum cue cue, const char *folded);

/* The same two of text that is folded on the way, no further than is needed; folded
 * is spoilt. */
guint cue_begins_text(enum cue cue, const char *s, guint32 from, guint32 to, GString *folded);
bool cue_holds_text(enum cue cue, const char *s, guint32 from, guint32 to, GString *folded);

/* For whoever asks of one place for many cues: what the first of the folded words is,
 * NULL where no cue begins so; and cue_begins() of the same words. */
struct cue_words;
const struct cue_words *cue_words(const char *folded);
bool cue_words_may(const struct cue_words *first, enum cue cue);	/* false: cue_words_begin() gives 0 */
guint cue_words_begin(const struct cue_words *first, enum cue cue, const char *folded);

#endif
