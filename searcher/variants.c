/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * variants.c - other spellings of a word. A rule is two spellings of one stretch of
 * letters, read in both directions, and where it may stand. Rules may be generous: what
 * they make counts only where it stands in the index.
 */
#include "searcher/variants.h"

#include <string.h>

#define WORD_MAX_BYTES 48

struct rule {
	const char *one, *other;
	guint before;		/* so many letters stand before it, at least */
	const char *behind;	/* what may stand behind it, blanks around each, "" for the end; NULL: anything */
};

#define VERB_ENDINGS " e es ed er ers ing ings ation ations ational ationally able ability ement "
#define NOUN_ENDINGS " | s ed ing ings er ers ful less able ably ably's 's hood ite ites al ist ists ious iously y ation "

static const struct rule rules[] = {
	/* organise, organize; analyse, analyze */
	{ "is", "iz", 3, VERB_ENDINGS },
	{ "ys", "yz", 3, " e es ed er ers ing " },
	/* labour, labor */
	{ "our", "or", 2, NOUN_ENDINGS },
	/* centre, center; theatre, litre, fibre */
	{ "tre", "ter", 2, " | s d 's " },
	{ "bre", "ber", 2, " | s d 's " },
	/* programme, program; gramme */
	{ "gramme", "gram", 1, " | s 's " },
	/* dialogue, dialog; catalogue */
	{ "ogue", "og", 3, " | s d r rs 's " },
	/* travelled, traveled; counsellor */
	{ "ll", "l", 3, " ed ing ings er ers or ors ous ery " },
	/* fulfil, fulfill; enrolment, enrollment; skilful, instalment */
	{ "l", "ll", 3, " | s ment ments ful fully " },
	/* judgement, judgment; acknowledgement */
	{ "dgement", "dgment", 2, NULL },
	{ "ageing", "aging", 0, NULL },
	/* defence, defense */
	{ "fence", "fense", 1, " | s less " },
	{ "icence", "icense", 1, " | s d " },
	{ "retence", "retense", 1, " | s " },
	{ "practice", "practise", 0, " | s d r rs " },
	/* paediatric, pediatric; foetus, fetus */
	{ "paed", "ped", 0, NULL },
	{ "haem", "hem", 0, NULL },
	{ "naem", "nem", 0, NULL },
	{ "rchaeo", "rcheo", 0, NULL },
	{ "palaeo", "paleo", 0, NULL },
	{ "aesth", "esth", 0, NULL },
	{ "ynaec", "ynec", 0, NULL },
	{ "rrhoea", "rrhea", 0, NULL },
	{ "foet", "fet", 0, NULL },
	{ "oestr", "estr", 0, NULL },
	{ "oedem", "edem", 0, NULL },
	{ "anoeuv", "aneuv", 0, NULL },
	{ "ncyclopaed", "ncycloped", 0, NULL },
	/* single words */
	{ "sceptic", "skeptic", 0, NULL },
	{ "plough", "plow", 0, NULL },
	{ "mould", "mold", 0, NULL },
	{ "aluminium", "aluminum", 0, NULL },
	{ "sulph", "sulf", 0, NULL },
	{ "grey", "gray", 0, NULL },
	{ "cosy", "cozy", 0, NULL },
	{ "artefact", "artifact", 0, NULL },
	{ "yoghurt", "yogurt", 0, NULL },
	{ "connexion", "connection", 0, NULL },
	{ "reflexion", "reflection", 0, NULL },
	{ "learnt", "learned", 0, " | " },
	/* Photographie, Fotografie; potentiell, potenziell */
	{ "photo", "foto", 0, NULL },
	{ "graph", "graf", 2, " ie ien isch ische ischen ischer isches " },
	{ "tiell", "ziell", 3, NULL },
	{ "tial", "zial", 4, " | e s en " },
};

/* Umlauts and the ring, written out. */
static const struct rule digraphs[] = {
	{ "ae", "a", 0, NULL },
	{ "oe", "o", 0, NULL },
	{ "ue", "u", 0, NULL },
	{ "aa", "a", 0, NULL },
};

static bool in_list(const char *list, const char *word)
{
	gsize len = strlen(word);

	if (!list)
		return true;
	if (!len)
		return strstr(list, " | ") != NULL;
	for (const char *at = list; (at = strstr(at, word)); at += len)
		if (at > list && at[-1] == ' ' && at[len] == ' ')
			return true;
	return false;
}

static void add(GPtrArray *out, guint from, const char *fold, char *variant)
{
	bool known = strcmp(fold, variant) == 0 || out->len - from >= VARIANTS_MAX;

	for (guint i = from; i < out->len && !known; i++)
		known = strcmp(g_ptr_array_index(out, i), variant) == 0;
	if (known)
		g_free(variant);
	else
		g_ptr_array_add(out, variant);
}

/* Each place where the stretch stands, replaced by the other one. */
static void apply(const struct rule *rule, const char *from, const char *to, const char *fold, GPtrArray *out, guint first)
{
	gsize len = strlen(from);

	for (const char *at = fold; (at = strstr(at, from)); at++)
		if ((gsize)(at - fold) >= rule->before && in_list(rule->behind, at + len))
			add(out, first, fold, g_strdup_printf("%.*s%s%s", (int)(at - fold), fold, to, at + len));
}

/* "Günter" as "guenter", "Åmland" as "aamland". */
static void write_out(const char *fold, const char *exact, GPtrArray *out, guint first)
{
	GString *written;

	if (strcmp(fold, exact) == 0)
		return;
	written = g_string_new(NULL);
	for (const char *p = exact; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		switch (c) {
		case 0xe4: g_string_append(written, "ae"); break;
		case 0xf6:
		case 0xf8: g_string_append(written, "oe"); break;
		case 0xfc: g_string_append(written, "ue"); break;
		case 0xe5: g_string_append(written, "aa"); break;
		default: g_string_append_unichar(written, c);
		}
	}
	if (strcmp(written->str, exact) == 0)
		g_string_free(written, TRUE);
	else
		add(out, first, fold, g_string_free(written, FALSE));
}

/* What was typed plain may be written out in the text: "Gunter" for "Guenter". One place at a time. */
static void write_plain_out(const char *fold, GPtrArray *out, guint first)
{
	for (const char *at = fold; *at; at++)
		if (strchr("aou", *at) && at[1] && !strchr("aeiou", at[1]) && (at == fold || !strchr("aeiou", at[-1])))
			add(out, first, fold, g_strdup_printf("%.*se%s", (int)(at + 1 - fold), fold, at + 1));
}

void variants_of(const char *fold, const char *exact, bool absent, GPtrArray *out)
{
	guint first = out->len;

	if (strlen(fold) > WORD_MAX_BYTES)
		return;
	for (guint i = 0; i < G_N_ELEMENTS(rules); i++) {
		apply(&rules[i], rules[i].one, rules[i].other, fold, out, first);
		apply(&rules[i], rules[i].other, rules[i].one, fold, out, first);
	}
	write_out(fold, exact, out, first);
	for (guint i = 0; absent && i < G_N_ELEMENTS(digraphs); i++)
		apply(&digraphs[i], digraphs[i].one, digraphs[i].other, fold, out, first);
	if (absent)
		write_plain_out(fold, out, first);
}
