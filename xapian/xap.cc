/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * xap.cc - xap.h on top of xapian-core.
 *
 * The only C++ of the project, the only <xapian.h>, the only try and catch.
 * Every call into Xapian runs inside guard(), which turns whatever is thrown
 * into a GError; nothing is ever thrown through a C caller or a C callback.
 *
 * Longer than other files because all that must know C++ is in it.
 * Made for xapian-core 1.4 and meant to build with 2.x: nothing here uses what
 * 2.x removed (factories, flush(), the setters of Compactor).
 */
#include "xapian/xap.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <xapian.h>

namespace {

/* How deep a query tree may be: Xapian builds, matches and frees by recursion. */
constexpr unsigned QUERY_DEPTH_MAX = 200;
/* From this many kids on, an OR is rid of terms that are not in the database. */
constexpr size_t QUERY_WIDE_FROM = 100;
/* From this many databases on, compaction merges in several passes. */
constexpr size_t MULTIPASS_FROM = 4;
/* From this many (term, document) pairs on, in a database with so many documents to a pair, an OR is added up
 * (see sum). */
constexpr size_t SUM_FROM = 20000;
constexpr size_t SUM_DOCUMENTS_A_PAIR = 4;
constexpr size_t SUM_TERMS_FROM = 3;
/* So many of them in a query: each takes nine bytes a document, up to the last one, whether it is there or not. */
constexpr unsigned SUMS_MAX = 2;
constexpr size_t SUM_PLACES_A_DOCUMENT = 4;
/* How much of a term, a key or a place an error message repeats. */
constexpr size_t QUOTED_BYTES = 60;

/* --- errors ------------------------------------------------------------------ */

/* Xapian's classes by name; by_errno: a failed system call, if it is named,
 * tells more than the class. What is not listed is IO. */
const struct {
	const char *type;
	xap_error code;
	bool by_errno;
} error_classes[] = {
	{ "AssertionError", XAP_ERROR_CORRUPT, false },
	{ "DatabaseClosedError", XAP_ERROR_SYNTAX, false },
	{ "DatabaseCorruptError", XAP_ERROR_CORRUPT, false },
	{ "DatabaseCreateError", XAP_ERROR_SYNTAX, true },
	{ "DatabaseError", XAP_ERROR_CORRUPT, true },
	{ "DatabaseLockError", XAP_ERROR_LOCKED, true },
	{ "DatabaseModifiedError", XAP_ERROR_CHANGED, false },
	{ "DatabaseNotFoundError", XAP_ERROR_NOT_FOUND, true },
	{ "DatabaseOpeningError", XAP_ERROR_CORRUPT, true },
	{ "DatabaseVersionError", XAP_ERROR_VERSION, false },
	{ "DocNotFoundError", XAP_ERROR_NOT_FOUND, false },
	{ "FeatureUnavailableError", XAP_ERROR_UNSUPPORTED, false },
	{ "InternalError", XAP_ERROR_CORRUPT, false },
	{ "InvalidArgumentError", XAP_ERROR_SYNTAX, false },
	{ "InvalidOperationError", XAP_ERROR_UNSUPPORTED, false },
	{ "NetworkError", XAP_ERROR_NETWORK, false },
	{ "NetworkTimeoutError", XAP_ERROR_NETWORK, false },
	{ "QueryParserError", XAP_ERROR_SYNTAX, false },
	{ "RangeError", XAP_ERROR_CORRUPT, false },
	{ "SerialisationError", XAP_ERROR_NETWORK, false },
	{ "UnimplementedError", XAP_ERROR_UNSUPPORTED, false },
	{ "WildcardError", XAP_ERROR_SYNTAX, false },
};

xap_error code_of_errno(int number)
{
	switch (number) {
	case ENOENT:
	case ENOTDIR:
		return XAP_ERROR_NOT_FOUND;
	case EACCES:
	case EPERM:
	case EROFS:
		return XAP_ERROR_DENIED;
	default:
		return XAP_ERROR_IO;
	}
}

/* Xapian hands out only the text of errno, so that is what is compared. */
xap_error code_of_system_text(const char *text, xap_error otherwise)
{
	static const int telling[] = { ENOENT, ENOTDIR, EACCES, EPERM, EROFS };
	for (int number : telling)
		if (strcmp(text, strerror(number)) == 0)
			return code_of_errno(number);
	return otherwise;
}

xap_error code_of(const Xapian::Error &e)
{
	const char *text = e.get_error_string();
	for (const auto &row : error_classes) {
		if (strcmp(row.type, e.get_type()) != 0)
			continue;
		if (row.by_errno && text)
			return code_of_system_text(text, XAP_ERROR_IO);
		/* A lock that is not to be had: why, is at the end of the message. */
		size_t colon = e.get_msg().rfind(": ");
		if (row.code == XAP_ERROR_LOCKED && colon != std::string::npos)
			return code_of_system_text(e.get_msg().c_str() + colon + 2, row.code);
		return row.code;
	}
	return XAP_ERROR_IO;
}

/* Our own failures, thrown inside guard(). */
struct fault {
	xap_error code;
	std::string reason;
};

/* Bytes for a message: shortened, and valid UTF-8 whatever they are. */
std::string quoted(const char *bytes, size_t len)
{
	size_t shown = std::min(len, QUOTED_BYTES);
	char *text = g_utf8_make_valid(bytes, (gssize)shown);
	std::string out = std::string("'") + text + (shown < len ? "...'" : "'");
	g_free(text);
	return out;
}

std::string quoted(const char *string)
{
	return std::string("'") + string + "'";
}

/* "Couldn't stat 'x'" as the end of a message: "couldn't stat 'x'". */
std::string reason_of(const Xapian::Error &e)
{
	std::string reason = e.get_msg();
	if (reason.size() > 1 && g_ascii_isupper(reason[0]) && g_ascii_islower(reason[1]))
		reason[0] = g_ascii_tolower(reason[0]);
	if (const char *text = e.get_error_string())
		reason += std::string(" (") + text + ")";
	if (!e.get_context().empty())
		reason += " [" + e.get_context() + "]";
	return reason;
}

void report(GError **error, xap_error code, const std::string &what, const std::string &reason)
{
	char *text = g_utf8_make_valid((what + ": " + reason).c_str(), -1);
	g_set_error_literal(error, XAP_ERROR, code, text);
	g_free(text);
}

/* Sets error from the exception in flight. what() makes "cannot open 'x'";
 * it is called only now, since most calls do not fail. */
template <class What> void translate(GError **error, What &what) noexcept
{
	try {
		throw;
	} catch (const fault &f) {
		report(error, f.code, what(), f.reason);
	} catch (const Xapian::Error &e) {
		report(error, code_of(e), what(), reason_of(e));
	} catch (const std::bad_alloc &) {
		report(error, XAP_ERROR_TOO_LARGE, what(), "out of memory");
	} catch (const std::length_error &) {
		report(error, XAP_ERROR_TOO_LARGE, what(), "out of memory");
	} catch (const std::exception &e) {
		report(error, XAP_ERROR_IO, what(), e.what());
	} catch (...) {
		report(error, XAP_ERROR_IO, what(), "unknown failure");
	}
}

template <class What, class Call> bool guard(GError **error, What what, Call call) noexcept
{
	try {
		call();
		return true;
	} catch (...) {
		translate(error, what);
		return false;
	}
}

auto saying(const char *what)
{
	return [what] { return std::string(what); };
}

auto saying(const char *what, const char *subject)
{
	return [what, subject] { return std::string(what) + " " + quoted(subject); };
}

auto saying(const char *what, const char *bytes, size_t len)
{
	return [what, bytes, len] { return std::string(what) + " " + quoted(bytes, len); };
}

auto saying(const char *what, uint32_t number)
{
	return [what, number] { return std::string(what) + " " + std::to_string(number); };
}

/* --- terms and keys ------------------------------------------------------------ */

bool too_long(const char *bytes, size_t len)
{
	if (len > XAP_TERM_MAX_BYTES)
		return true;
	if (len <= XAP_TERM_MAX_BYTES / 2)
		return false;
	size_t stored = len;
	for (size_t i = 0; i < len; i++)
		stored += bytes[i] == '\0';
	return stored > XAP_TERM_MAX_BYTES;
}

fault too_long_fault(const char *bytes, size_t len)
{
	return { XAP_ERROR_TOO_LARGE, quoted(bytes, len) + " has " + std::to_string(len) +
		" bytes; the limit is " + std::to_string(XAP_TERM_MAX_BYTES) + ", zero bytes counted twice" };
}

/* For writing: an exception in the middle of a change would cost the others. */
void require_term(const char *bytes, size_t len)
{
	if (len == 0)
		throw fault { XAP_ERROR_SYNTAX, "a term or key without bytes" };
	if (too_long(bytes, len))
		throw too_long_fault(bytes, len);
}

/* Beyond about 100 MB a table refuses in the middle of a change. */
void require_size(size_t len)
{
	if (len > XAP_DATA_MAX_BYTES)
		throw fault { XAP_ERROR_TOO_LARGE, std::to_string(len) + " bytes; the limit is " + std::to_string(XAP_DATA_MAX_BYTES) };
}

/* --- sums ------------------------------------------------------------------------ */

/* An OR over terms with their factors, and over several of which each must be there. */
struct sum {
	struct addend {
		std::string term;
		double factor;
	};
	using any = std::vector<addend>;
	struct part {
		any addends;
		std::vector<any> all;			/* or instead of them: one of each */
		std::vector<std::string> without;	/* documents with one of these get nothing of this part */
	};
	std::vector<part> parts;
};

/* Takes a tree into parts, or tells that it cannot be: parts[0] is for what is without condition. */
bool add_up(const xap_query *tree, double factor, std::vector<sum::part> &parts, unsigned depth)
{
	bool all = depth <= QUERY_DEPTH_MAX;
	if (!all)	/* whoever builds it says so */
		return false;
	switch (tree->op) {
	case XAP_NOTHING:
		return true;
	case XAP_TERM:
		if (tree->len && !too_long(tree->term, tree->len))
			parts[0].addends.push_back({ std::string(tree->term, tree->len), factor });
		return true;
	case XAP_SCALE:
		return tree->n_kids == 1 && tree->factor >= 0 && !std::isinf(tree->factor) && add_up(tree->kids[0], factor * tree->factor, parts, depth + 1);
	case XAP_SYNONYM:	/* counts as one term: its wdf is the sum, as its weight is */
		for (size_t i = 0; i < tree->n_kids; i++)
			all = all && tree->kids[i]->op == XAP_TERM && add_up(tree->kids[i], factor, parts, depth + 1);
		return all;
	case XAP_OR:
		for (size_t i = 0; i < tree->n_kids && all; i++)
			all = add_up(tree->kids[i], factor, parts, depth + 1);
		return all;
	case XAP_AND: {
		sum::part part;
		for (size_t i = 0; i < tree->n_kids && all; i++) {
			std::vector<sum::part> kid(1);
			all = add_up(tree->kids[i], factor, kid, depth + 1) && kid.size() == 1;
			part.all.push_back(std::move(kid[0].addends));
		}
		if (tree->n_kids)
			parts.push_back(std::move(part));
		return all && tree->n_kids;
	}
	case XAP_AND_NOT: {
		std::vector<sum::part> head(1), rest(1);
		for (size_t i = 0; i < tree->n_kids && all; i++)
			all = add_up(tree->kids[i], factor, i ? rest : head, depth + 1);
		if (!all || rest.size() > 1)
			return false;
		for (auto &part : head) {
			if (part.addends.empty() && part.all.empty())
				continue;
			for (const auto &addend : rest[0].addends)
				part.without.push_back(addend.term);
			parts.push_back(std::move(part));
		}
		return true;
	}
	default:
		return false;
	}
}

/* Xapian walks the posting lists of an OR side by side, which costs each posting a way through a tree of
 * as many levels as there are halves; adding up list after list costs it one addition. It does not stop
 * early, and takes nine bytes a document: that pays where an OR is about much of the database. What it finds, in
 * which order, and with what weights, is the same. */
class sum_source : public Xapian::PostingSource {
public:
	explicit sum_source(std::shared_ptr<const sum> what) : what_(std::move(what)) { }

	Xapian::PostingSource *clone() const override { return new sum_source(what_); }

	void init(const Xapian::Database &db) override
	{
		at_ = matched_ = 0;
		size_t n = db.get_lastdocid();
		weights_.assign(n + 1, 0.0);
		there_.assign(n / 64 + 1, 0);
		for (const auto &part : what_->parts)
			add(db, part);
		double most = 0;
		for (double weight : weights_)
			most = std::max(most, weight);
		for (uint64_t word : there_)
			matched_ += (Xapian::doccount)__builtin_popcountll(word);
		set_maxweight(most);
	}

	Xapian::doccount get_termfreq_min() const override { return matched_; }
	Xapian::doccount get_termfreq_est() const override { return matched_; }
	Xapian::doccount get_termfreq_max() const override { return matched_; }
	double get_weight() const override { return weights_[at_]; }
	void next(double least) override { settle(at_ + 1, least); }
	void skip_to(Xapian::docid to, double least) override { settle(std::max((size_t)to, at_), least); }
	bool at_end() const override { return at_ >= weights_.size(); }
	Xapian::docid get_docid() const override { return (Xapian::docid)at_; }
	std::string get_description() const override { return "sum"; }

private:
	using bits = std::vector<uint64_t>;

	static bool is_in(const bits &set, size_t i) { return set[i / 64] >> i % 64 & 1; }

	/* Has a document any of it? What other languages make of a word mostly has none. */
	static bool is_there(const Xapian::Database &db, const sum::part &part)
	{
		auto exists = [&](const sum::addend &addend) { return db.term_exists(addend.term); };
		auto any_exists = [&](const sum::any &any) { return std::any_of(any.begin(), any.end(), exists); };
		return any_exists(part.addends) || (!part.all.empty() && std::all_of(part.all.begin(), part.all.end(), any_exists));
	}

	void add(const Xapian::Database &db, const sum::part &part)
	{
		if (!is_there(db, part))	/* then it does not matter what it is without */
			return;
		bits without(part.without.empty() ? 0 : there_.size());
		for (const auto &term : part.without)
			for (auto at = db.postlist_begin(term), end = db.postlist_end(term); at != end; ++at)
				without[place(*at) / 64] |= (uint64_t)1 << *at % 64;
		auto take = [&](size_t i, double weight) {
			if (!without.empty() && is_in(without, i))
				return;
			weights_[i] += weight;
			there_[i / 64] |= (uint64_t)1 << i % 64;
		};
		/* documents of a rare term lie far apart: their places are asked for ahead, since memory is slow */
		std::array<std::pair<size_t, double>, 32> ahead;
		size_t n = 0;
		auto take_all = [&] {
			for (size_t i = 0; i < n; i++)
				take(ahead[i].first, ahead[i].second);
			n = 0;
		};
		for (const auto &addend : part.addends)
			for (auto at = db.postlist_begin(addend.term), end = db.postlist_end(addend.term); at != end; ++at) {
				ahead[n] = { place(*at), addend.factor * at.get_wdf() };
				__builtin_prefetch(&weights_[ahead[n].first], 1);
				if (++n == ahead.size())
					take_all();
			}
		take_all();
		for (const auto &[docid, weight] : with_all(db, part.all))
			take(place(docid), weight);
	}

	/* Whose postings go on behind the last document has a damaged file. */
	size_t place(Xapian::docid docid) const
	{
		if (docid >= weights_.size())
			throw Xapian::DatabaseCorruptError("a document behind the last one");
		return docid;
	}

	using found = std::vector<std::pair<Xapian::docid, double>>;	/* ascending */

	/* Of several lists behind each other. */
	static void put_in_order(found &all)
	{
		std::stable_sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
		size_t n = 0;
		for (const auto &one : all)
			if (n > 0 && all[n - 1].first == one.first)
				all[n - 1].second += one.second;
			else
				all[n++] = one;
		all.resize(n);
	}

	/* Those that have any; beside the first time, of those that are known. */
	static found with_any(const Xapian::Database &db, const sum::any &any, const found *known)
	{
		found next;
		for (const auto &addend : any) {
			auto at = db.postlist_begin(addend.term), end = db.postlist_end(addend.term);
			for (; !known && at != end; ++at)
				next.emplace_back(*at, addend.factor * at.get_wdf());
			for (size_t i = 0; known && i < known->size() && at != end; i++) {
				at.skip_to((*known)[i].first);
				if (at != end && *at == (*known)[i].first)
					next.emplace_back(*at, addend.factor * at.get_wdf());
			}
		}
		if (any.size() > 1)
			put_in_order(next);
		for (size_t i = 0, k = 0; known && i < next.size(); i++) {
			while ((*known)[k].first != next[i].first)
				k++;
			next[i].second += (*known)[k].second;
		}
		return next;
	}

	/* Those that have one of each, with their weights: of the rarest, those that the others have, too. */
	static found with_all(const Xapian::Database &db, std::vector<sum::any> all)
	{
		auto frequency = [&](const sum::any &any) {
			size_t n = 0;
			for (const auto &addend : any)
				n += db.get_termfreq(addend.term);
			return n;
		};
		std::stable_sort(all.begin(), all.end(), [&](const sum::any &a, const sum::any &b) { return frequency(a) < frequency(b); });
		found kept;
		for (size_t i = 0; i < all.size(); i++)
			kept = with_any(db, all[i], i ? &kept : nullptr);
		return kept;
	}

	/* To the first one there is from the place on with a weight that can matter. */
	void settle(size_t from, double least)
	{
		for (at_ = from; at_ < weights_.size(); at_++) {
			uint64_t ahead = there_[at_ / 64] >> at_ % 64;
			if (!ahead) {	/* nothing more in this word */
				at_ |= 63;
				continue;
			}
			at_ += (size_t)__builtin_ctzll(ahead);
			if (weights_[at_] >= least)
				return;
		}
	}

	std::shared_ptr<const sum> what_;
	std::vector<double> weights_;	/* of each document */
	bits there_;			/* those that match */
	size_t at_ = 0;
	Xapian::doccount matched_ = 0;
};

/* --- queries --------------------------------------------------------------------- */

using Query = Xapian::Query;

/* Turns a tree into Xapian's own query. present tells terms that are in the
 * database, NULL if asking would cost more than it saves. sums_left is NULL below what narrows
 * an OR down to few documents: there Xapian leaps over most of it. */
struct query_builder {
	const Xapian::Database *present;
	unsigned *sums_left;

	Query build(const xap_query *tree, unsigned depth) const;

private:
	bool worth_asking(const xap_query *tree, const xap_query *kid) const;
	bool worth_adding_up(const sum &what) const;
	Query any_kid(const xap_query *tree, unsigned depth) const;
	Query all_kids(Query::op op, const xap_query *tree, unsigned depth) const;
	Query headed(Query::op op, const xap_query *tree, unsigned depth) const;
	Query scaled(const xap_query *tree, unsigned depth) const;
};

/* Xapian strings terms that are nowhere into a chain as deep as they are many,
 * and walks it for each: thousands of them would cost seconds, and the stack. */
bool query_builder::worth_asking(const xap_query *tree, const xap_query *kid) const
{
	bool any = tree->op == XAP_OR || tree->op == XAP_SYNONYM || tree->op == XAP_MAX;
	if (!any || !present || tree->n_kids < QUERY_WIDE_FROM || kid->op != XAP_TERM)
		return true;
	return !too_long(kid->term, kid->len) && present->term_exists(std::string(kid->term, kid->len));
}

Query query_builder::all_kids(Query::op op, const xap_query *tree, unsigned depth) const
{
	std::vector<Query> kids;
	kids.reserve(tree->n_kids);
	for (size_t i = 0; i < tree->n_kids; i++) {
		bool narrowed = op == Query::OP_FILTER ? i > 0 : op == Query::OP_AND && tree->n_kids > 1;
		query_builder below { present, narrowed ? nullptr : sums_left };
		if (worth_asking(tree, tree->kids[i]))
			kids.push_back(below.build(tree->kids[i], depth + 1));
	}
	return Query(op, kids.begin(), kids.end());
}

void require_kids(const xap_query *tree, bool enough)
{
	if (!enough)
		throw fault { XAP_ERROR_SYNTAX, "a query node with " + std::to_string(tree->n_kids) + " kids" };
}

Query query_builder::scaled(const xap_query *tree, unsigned depth) const
{
	require_kids(tree, tree->n_kids == 1);
	if (!(tree->factor >= 0) || std::isinf(tree->factor))
		throw fault { XAP_ERROR_SYNTAX, "a weight factor that is no number from 0 up" };
	return Query(tree->factor, build(tree->kids[0], depth + 1));
}

bool query_builder::worth_adding_up(const sum &what) const
{
	size_t pairs = 0, terms = 0;
	auto count = [&](const sum::any &any) {
		for (const auto &addend : any)
			pairs += present->get_termfreq(addend.term);
		terms += any.size();
	};
	for (const auto &part : what.parts) {
		count(part.addends);
		for (const auto &any : part.all)
			count(any);
	}
	return terms >= SUM_TERMS_FROM && pairs >= SUM_FROM && pairs >= present->get_doccount() / SUM_DOCUMENTS_A_PAIR;
}

/* What can be added up is, where it is much; beside it the rest. */
Query query_builder::any_kid(const xap_query *tree, unsigned depth) const
{
	auto what = std::make_shared<sum>();
	std::vector<Query> kids;
	std::vector<const xap_query *> rest;
	what->parts.resize(1);
	bool may_sum = present && sums_left && *sums_left > 0;
	for (size_t i = 0; may_sum && i < tree->n_kids; i++) {
		std::vector<sum::part> parts(1);
		if (!add_up(tree->kids[i], 1, parts, depth + 1)) {
			rest.push_back(tree->kids[i]);
			continue;
		}
		auto &all = what->parts[0].addends;
		all.insert(all.end(), parts[0].addends.begin(), parts[0].addends.end());
		what->parts.insert(what->parts.end(), parts.begin() + 1, parts.end());
	}
	if (!may_sum || !worth_adding_up(*what))
		return all_kids(Query::OP_OR, tree, depth);
	--*sums_left;
	kids.push_back(Query((new sum_source(what))->release()));
	for (const xap_query *kid : rest)
		kids.push_back(build(kid, depth + 1));
	return Query(Query::OP_OR, kids.begin(), kids.end());
}

/* The first kid is another thing than the rest, so there must be one. */
Query query_builder::headed(Query::op op, const xap_query *tree, unsigned depth) const
{
	require_kids(tree, tree->n_kids > 0);
	return all_kids(op, tree, depth);
}

/* Xapian takes an empty term for every document. */
Query term_of(const xap_query *tree)
{
	if (tree->len == 0 || too_long(tree->term, tree->len))
		return Query();
	return Query(std::string(tree->term, tree->len));
}

Query query_builder::build(const xap_query *tree, unsigned depth) const
{
	if (depth > QUERY_DEPTH_MAX)
		throw fault { XAP_ERROR_SYNTAX, "nested too deeply, more than " + std::to_string(QUERY_DEPTH_MAX) + " levels" };
	switch (tree->op) {
	case XAP_NOTHING:
		return Query();
	case XAP_ALL:
		return Query(0.0, Query(std::string()));
	case XAP_TERM:
		return term_of(tree);
	case XAP_AND:
		return all_kids(Query::OP_AND, tree, depth);
	case XAP_OR:
		return any_kid(tree, depth);
	case XAP_AND_NOT:
		return headed(Query::OP_AND_NOT, tree, depth);
	case XAP_AND_MAYBE:
		return headed(Query::OP_AND_MAYBE, tree, depth);
	case XAP_FILTER:
		return headed(Query::OP_FILTER, tree, depth);
	case XAP_SYNONYM:
		return all_kids(Query::OP_SYNONYM, tree, depth);
	case XAP_MAX:
		return all_kids(Query::OP_MAX, tree, depth);
	case XAP_SCALE:
		return scaled(tree, depth);
	}
	throw fault { XAP_ERROR_SYNTAX, "an unknown query operator" };
}

}	/* namespace */

/* --- the handles ------------------------------------------------------------------- */

struct xap_db {
	Xapian::Database all;			/* shares its parts with places */
	std::vector<Xapian::Database> places;
	struct shard {
		size_t place;
		size_t within;			/* > 0 only in a stub of several */
	};
	std::vector<shard> shards;
	bool remote = false;			/* at least one */
};

struct xap_candidate {
	const Xapian::Document *document;	/* or nullptr: value is all there is */
	uint32_t slot;
	std::string value;
	std::string bytes;
	std::exception_ptr failure;		/* kept until the C callback is left */
};

struct xap_doc {
	Xapian::Document document;
	std::string term, value;		/* reused from call to call */
	std::unique_ptr<fault> broken;
};

struct xap_writer {
	Xapian::WritableDatabase database;
	bool scratch = false;
	bool broken = false;
	std::string path;
};

GQuark xap_error_quark(void)
{
	return g_quark_from_static_string("xap-error-quark");
}

const char *xap_version(void)
{
	return Xapian::version_string();
}

/* --- reading -------------------------------------------------------------------------- */

namespace {

/* "tcp:HOST:PORT"; an IPv6 address stands in brackets. */
Xapian::Database open_remote(const std::string &address)
{
	size_t colon = address.rfind(':');
	if (colon == std::string::npos || colon == 0)
		throw fault { XAP_ERROR_SYNTAX, "not of the form tcp:HOST:PORT" };
	guint64 port;
	if (!g_ascii_string_to_unsigned(address.c_str() + colon + 1, 10, 1, 65535, &port, nullptr))
		throw fault { XAP_ERROR_SYNTAX, "not a port number: " + quoted(address.c_str() + colon + 1) };
	std::string host = address.substr(0, colon);
	if (host.size() > 2 && host.front() == '[' && host.back() == ']')
		host = host.substr(1, host.size() - 2);
	return Xapian::Remote::open(host, (unsigned)port);
}

bool is_remote(const char *place)
{
	return g_str_has_prefix(place, "tcp:");
}

Xapian::Database open_local(const char *place)
{
	/* Xapian would find no database in a folder that it may not enter. */
	if (faccessat(AT_FDCWD, (std::string(place) + "/.").c_str(), F_OK, AT_EACCESS) != 0 && errno == EACCES)
		throw fault { XAP_ERROR_DENIED, strerror(EACCES) };
	return Xapian::Database(place);
}

void open_place(xap_db *db, const char *place)
{
	db->remote |= is_remote(place);
	Xapian::Database opened = is_remote(place) ? open_remote(place + strlen("tcp:")) : open_local(place);
	for (size_t i = 0; i < opened.size(); i++)
		db->shards.push_back({ db->places.size(), i });
	db->all.add_database(opened);
	db->places.push_back(std::move(opened));
}

/* The one to ask for what Xapian reads from the first of several only. */
Xapian::Database &shard_of(xap_db *db, size_t shard)
{
	if (shard >= db->shards.size())
		throw fault { XAP_ERROR_NOT_FOUND, "no shard " + std::to_string(shard) };
	if (db->shards[shard].within > 0)
		throw fault { XAP_ERROR_UNSUPPORTED, "shard " + std::to_string(shard) + " is not the first in its stub file" };
	return db->places[db->shards[shard].place];
}

bool walk(Xapian::TermIterator at, const Xapian::TermIterator &end, bool frequencies, xap_bytes_fn *fn, void *data)
{
	for (; at != end; ++at) {
		const std::string &bytes = *at;
		uint32_t frequency = frequencies ? at.get_termfreq() : 0;
		if (!fn(bytes.data(), bytes.size(), frequency, data))
			return false;
	}
	return true;
}

void put(GString *out, const std::string &bytes)
{
	g_string_truncate(out, 0);
	g_string_append_len(out, bytes.data(), (gssize)bytes.size());
}

}	/* namespace */

xap_db *xap_db_open(const char *const *places, size_t n, GError **error)
{
	std::unique_ptr<xap_db> db;
	size_t i = 0;
	bool ok = guard(error, [&] { return n > 0 ? "cannot open " + quoted(places[i]) : std::string("cannot open"); }, [&] {
		db.reset(new xap_db);
		for (; i < n; i++)
			open_place(db.get(), places[i]);
	});
	return ok ? db.release() : nullptr;
}

void xap_db_close(xap_db *db)
{
	delete db;
}

bool xap_db_reopen(xap_db *db, bool *changed, GError **error)
{
	return guard(error, saying("cannot reopen"), [&] {
		bool fresh = db->all.reopen();
		if (changed)
			*changed = fresh;
	});
}

size_t xap_db_shards(const xap_db *db)
{
	return db->shards.size();
}

size_t xap_db_shard(const xap_db *db, uint32_t docid)
{
	size_t n = db->shards.size();
	return n > 0 && docid > 0 ? (docid - 1) % n : 0;
}

bool xap_db_count(xap_db *db, uint32_t *documents, GError **error)
{
	return guard(error, saying("cannot count documents"), [&] { *documents = db->all.get_doccount(); });
}

bool xap_db_term_frequency(xap_db *db, const char *term, size_t len, uint32_t *n, GError **error)
{
	return guard(error, saying("cannot look up", term, len), [&] {
		*n = too_long(term, len) ? 0 : db->all.get_termfreq(std::string(term, len));
	});
}

bool xap_db_term_mass(xap_db *db, const char *term, size_t len, uint64_t *mass, GError **error)
{
	return guard(error, saying("cannot look up", term, len), [&] {
		*mass = too_long(term, len) ? 0 : db->all.get_collection_freq(std::string(term, len));
	});
}

bool xap_db_term_in(xap_db *db, uint32_t docid, const char *term, size_t len, bool *there, uint32_t *wdf, GError **error)
{
	return guard(error, saying("cannot look up", term, len), [&] {
		*there = false;
		*wdf = 0;
		if (too_long(term, len))
			return;
		std::string name(term, len);
		Xapian::PostingIterator at = db->all.postlist_begin(name), end = db->all.postlist_end(name);
		if (at != end)
			at.skip_to(docid);
		if (at == end || *at != docid)
			return;
		*there = true;
		*wdf = at.get_wdf();
	});
}

bool xap_db_data(xap_db *db, uint32_t docid, GString *out, GError **error)
{
	return guard(error, saying("cannot read document", docid), [&] {
		if (docid == 0 || db->shards.empty())
			throw fault { XAP_ERROR_NOT_FOUND, "no such document" };
		std::string bytes = db->all.get_document(docid, Xapian::DOC_ASSUME_VALID).get_data();
		/* No data may mean no document; only then is it looked up. */
		if (bytes.empty())
			db->all.get_document(docid);
		put(out, bytes);
	});
}

bool xap_db_metadata(xap_db *db, size_t shard, const char *key, size_t len, GString *out, GError **error)
{
	return guard(error, saying("cannot read metadata", key, len), [&] {
		Xapian::Database &one = shard_of(db, shard);
		put(out, too_long(key, len) ? std::string() : one.get_metadata(std::string(key, len)));
	});
}

bool xap_db_metadata_keys(xap_db *db, size_t shard, const char *prefix, size_t len, xap_bytes_fn *fn, void *data, GError **error)
{
	return guard(error, saying("cannot list metadata"), [&] {
		Xapian::Database &one = shard_of(db, shard);
		std::string start(prefix, len);
		if (!too_long(prefix, len))
			walk(one.metadata_keys_begin(start), one.metadata_keys_end(start), false, fn, data);
	});
}

bool xap_db_terms(xap_db *db, const char *prefix, size_t len, xap_bytes_fn *fn, void *data, GError **error)
{
	return guard(error, saying("cannot list terms"), [&] {
		std::string start(prefix, len);
		if (!too_long(prefix, len))
			walk(db->all.allterms_begin(start), db->all.allterms_end(start), true, fn, data);
	});
}

bool xap_db_leap(xap_db *db, size_t shard, xap_table table, const char *from, size_t len,
                 xap_leap_fn *fn, void *data, GError **error)
{
	return guard(error, saying("cannot walk the words"), [&] {
		Xapian::Database &one = shard_of(db, shard);
		Xapian::TermIterator at = table == XAP_TERMS ? one.allterms_begin() : one.synonym_keys_begin(), end;
		std::unique_ptr<GString, void (*)(GString *)> next(g_string_new(nullptr), [](GString *s) { g_string_free(s, TRUE); });
		if (at != end && len > 0)
			at.skip_to(std::string(from, len));
		while (at != end) {
			std::string bytes = *at;
			g_string_truncate(next.get(), 0);
			if (!fn(bytes.data(), bytes.size(), next.get(), data))
				break;
			std::string to(next->str, next->len);
			if (to > bytes)
				at.skip_to(to);
			else
				++at;
		}
	});
}

bool xap_db_postings(xap_db *db, const char *term, size_t len, xap_docid_fn *fn, void *data, GError **error)
{
	return guard(error, saying("cannot list the documents of", term, len), [&] {
		if (too_long(term, len))
			return;
		std::string name(term, len);
		Xapian::PostingIterator end = db->all.postlist_end(name);
		for (Xapian::PostingIterator at = db->all.postlist_begin(name); at != end; ++at)
			if (!fn(*at, data))
				break;
	});
}

bool xap_db_mark(xap_db *db, size_t shard, const char *term, size_t len, uint64_t *bits, size_t n, uint32_t *marked, GError **error)
{
	*marked = 0;
	return guard(error, saying("cannot list the documents of", term, len), [&] {
		Xapian::Database &one = shard_of(db, shard);
		if (too_long(term, len))
			return;
		std::string name(term, len);
		Xapian::PostingIterator end = one.postlist_end(name);
		for (Xapian::PostingIterator at = one.postlist_begin(name); at != end; ++at) {
			size_t i = (size_t)*at - 1;
			if (i < n)
				bits[i / 64] |= (uint64_t)1 << i % 64;
			++*marked;
		}
	});
}

bool xap_db_synonym_keys(xap_db *db, const char *prefix, size_t len, xap_bytes_fn *fn, void *data, GError **error)
{
	return guard(error, saying("cannot list synonyms"), [&] {
		std::string start(prefix, len);
		if (!too_long(prefix, len))
			walk(db->all.synonym_keys_begin(start), db->all.synonym_keys_end(start), false, fn, data);
	});
}

bool xap_db_synonyms(xap_db *db, const char *key, size_t len, xap_bytes_fn *fn, void *data, GError **error)
{
	return guard(error, saying("cannot list synonyms of", key, len), [&] {
		std::string name(key, len);
		if (!too_long(key, len))
			walk(db->all.synonyms_begin(name), db->all.synonyms_end(name), false, fn, data);
	});
}

/* --- searching --------------------------------------------------------------------------- */

namespace {

class Decider : public Xapian::MatchDecider {
public:
	Decider(xap_accept_fn *accept, void *data) : accept_(accept), data_(data) { }

	bool operator()(const Xapian::Document &document) const override
	{
		candidate_.document = &document;
		bool yes = accept_(&candidate_, data_);
		if (candidate_.failure)
			std::rethrow_exception(std::move(candidate_.failure));
		return yes;
	}

private:
	xap_accept_fn *accept_;
	void *data_;
	mutable xap_candidate candidate_ {};
};

/* The callback is C: what Xapian throws here waits for it to return. */
template <class Read> const char *read_candidate(xap_candidate *candidate, size_t *len, Read read) noexcept
{
	try {
		candidate->bytes = read();
	} catch (...) {
		candidate->bytes.clear();
		candidate->failure = std::current_exception();
	}
	*len = candidate->bytes.size();
	return candidate->bytes.data();
}

xap_hits *hits_of(const Xapian::MSet &matches)
{
	std::unique_ptr<xap_hits, decltype(&xap_hits_free)> hits(g_new0(xap_hits, 1), xap_hits_free);
	hits->hits = g_new(xap_hit, matches.size());
	hits->total = matches.get_matches_estimated();
	hits->total_lower = matches.get_matches_lower_bound();
	hits->total_upper = matches.get_matches_upper_bound();
	for (Xapian::MSetIterator at = matches.begin(); at != matches.end(); ++at)
		hits->hits[hits->n++] = { *at, at.get_weight() };
	return hits.release();
}

/* A sum has room for every document up to the last one, which may be the only one. */
bool is_dense(const xap_db *db)
{
	size_t places = 0;
	for (const auto &place : db->places)
		places += place.get_lastdocid();
	return places / SUM_PLACES_A_DOCUMENT <= db->all.get_doccount();
}

}	/* namespace */

const char *xap_candidate_value(xap_candidate *candidate, uint32_t slot, size_t *len)
{
	return read_candidate(candidate, len, [&] {
		if (!candidate->document)
			return slot == candidate->slot ? candidate->value : std::string();
		return candidate->document->get_value(slot);
	});
}

const char *xap_candidate_data(xap_candidate *candidate, size_t *len)
{
	return read_candidate(candidate, len, [&] { return candidate->document ? candidate->document->get_data() : std::string(); });
}

xap_hits *xap_db_search(xap_db *db, const xap_request *request, GError **error)
{
	xap_hits *hits = nullptr;
	guard(error, saying("cannot search"), [&] {
		unsigned sums_left = is_dense(db) ? SUMS_MAX : 0;
		query_builder builder { db->remote ? nullptr : &db->all, &sums_left };
		Query query = builder.build(request->query, 1);
		if (db->shards.empty()) {
			hits = hits_of(Xapian::MSet());
			return;
		}
		Decider decider(request->accept, request->accept_data);
		Xapian::Enquire enquire(db->all);
		enquire.set_query(query);
		enquire.set_weighting_scheme(Xapian::TfIdfWeight("nnn"));
		hits = hits_of(enquire.get_mset(request->first, request->max, request->check_at_least,
						nullptr, request->accept ? &decider : nullptr));
	});
	return hits;
}

bool xap_db_sift(xap_db *db, size_t shard, uint32_t slot, xap_accept_fn *accept, void *data, uint64_t *bits, size_t n, GError **error)
{
	return guard(error, saying("cannot read values"), [&] {
		Xapian::Database &one = shard_of(db, shard);
		Xapian::ValueIterator at = one.valuestream_begin(slot), end = one.valuestream_end(slot);
		xap_candidate candidate {};
		candidate.slot = slot;
		for (size_t i = 0; i < n; i++) {
			if (!(bits[i / 64] >> i % 64)) {	/* nothing more in this word */
				i |= 63;
				continue;
			}
			if (!(bits[i / 64] >> i % 64 & 1))
				continue;
			if (at != end && at.get_docid() < i + 1)
				at.skip_to((Xapian::docid)(i + 1));
			candidate.value = at != end && at.get_docid() == i + 1 ? *at : std::string();
			if (!accept(&candidate, data))
				bits[i / 64] &= ~((uint64_t)1 << i % 64);
		}
	});
}

void xap_hits_free(xap_hits *hits)
{
	if (!hits)
		return;
	g_free(hits->hits);
	g_free(hits);
}

/* --- documents ------------------------------------------------------------------------------ */

namespace {

/* Runs one step of filling a document; the first fault stays. */
template <class Step> void fill(xap_doc *doc, Step step) noexcept
{
	if (doc->broken)
		return;
	GError *error = nullptr;
	if (guard(&error, saying("cannot fill a document"), step))
		return;
	doc->broken.reset(new fault { (xap_error)error->code, error->message });
	g_error_free(error);
}

/* Without an error to report, no memory is the end, as everywhere in GLib. */
xap_doc *make_doc() noexcept
{
	return new xap_doc;
}

}	/* namespace */

xap_doc *xap_doc_new(void)
{
	return make_doc();
}

void xap_doc_free(xap_doc *doc)
{
	delete doc;
}

void xap_doc_clear(xap_doc *doc)
{
	doc->broken.reset();
	fill(doc, [&] {
		doc->document.clear_terms();
		doc->document.clear_values();
		doc->document.set_data(std::string());
	});
}

void xap_doc_term(xap_doc *doc, const char *term, size_t len, uint32_t wdf)
{
	fill(doc, [&] {
		require_term(term, len);
		doc->term.assign(term, len);
		doc->document.add_term(doc->term, wdf);
	});
}

void xap_doc_value(xap_doc *doc, uint32_t slot, const char *value, size_t len)
{
	fill(doc, [&] {
		if (slot == Xapian::BAD_VALUENO)
			throw fault { XAP_ERROR_SYNTAX, "no such value slot" };
		require_size(len);
		doc->value.assign(value, len);
		doc->document.add_value(slot, doc->value);
	});
}

void xap_doc_data(xap_doc *doc, const char *data, size_t len)
{
	fill(doc, [&] {
		require_size(len);
		doc->value.assign(data, len);
		doc->document.set_data(doc->value);
	});
}

/* --- writing --------------------------------------------------------------------------------- */

namespace {

/* Xapian commits on its own when a writer is closed and every 10,000 changes.
 * A transaction that is always open keeps commits to those that are asked for;
 * a scratch database has no revision to go back to, so it goes without. */
void begin(xap_writer *writer)
{
	if (!writer->scratch)
		writer->database.begin_transaction();
}

/* Why a write failed, as far as errno still tells: what came behind it did not fail so. 0: not known. */
int write_errno()
{
	static const int telling[] = { ENOSPC, EFBIG, EDQUOT, EIO, EROFS };
	for (int number : telling)
		if (errno == number)
			return number;
	return 0;
}

/* A scratch database cannot go back. Where a write of it fails, Xapian tries to, and the failure of that (an
 * InvalidOperationError, or a DatabaseError that tells of both) takes the place of the first one. */
template <class Call> void write_scratch(Call call)
{
	errno = 0;
	try {
		call();
	} catch (const Xapian::Error &e) {
		int number = write_errno();
		if (number)
			throw fault { XAP_ERROR_IO, strerror(number) };
		if (strcmp(e.get_type(), "InvalidOperationError") == 0)
			throw fault { XAP_ERROR_IO, "a write failed" };
		throw;
	}
}

/* Xapian undoes everything since the last commit when a change fails; to go
 * on as if nothing were lost would be wrong, so the writer ends there. */
template <class What, class Change> bool change(xap_writer *writer, GError **error, What what, Change call)
{
	return guard(error, what, [&] {
		if (writer->broken)
			throw fault { XAP_ERROR_IO, "an earlier change failed, and the changes since the last commit were lost" };
		writer->broken = true;
		if (writer->scratch)
			write_scratch(call);
		else
			call();
		writer->broken = false;
	});
}

/* What is wrong with the arguments is found before anything is changed. */
template <class What> bool sound(GError **error, What what, const char *term, size_t len)
{
	return guard(error, what, [&] { require_term(term, len); });
}

bool sound(GError **error, const xap_doc *doc)
{
	if (doc->broken)
		g_set_error_literal(error, XAP_ERROR, doc->broken->code, doc->broken->reason.c_str());
	return !doc->broken;
}

}	/* namespace */

xap_writer *xap_writer_open(const char *path, unsigned flags, GError **error)
{
	std::unique_ptr<xap_writer> writer;
	int how = (flags & XAP_WRITE_NEW) ? Xapian::DB_CREATE : Xapian::DB_CREATE_OR_OPEN;
	if (flags & XAP_WRITE_NO_TERMLIST)
		how |= Xapian::DB_NO_TERMLIST;
	if (flags & XAP_WRITE_SCRATCH)
		how |= Xapian::DB_DANGEROUS | Xapian::DB_NO_SYNC;
	bool ok = guard(error, saying("cannot open for writing", path), [&] {
		writer.reset(new xap_writer);
		writer->scratch = flags & XAP_WRITE_SCRATCH;
		writer->path = path;
		writer->database = Xapian::WritableDatabase(path, how);
		begin(writer.get());
	});
	return ok ? writer.release() : nullptr;
}

void xap_writer_close(xap_writer *writer)
{
	if (!writer)
		return;
	guard(nullptr, saying("cannot close"), [&] { writer->database.close(); });
	guard(nullptr, saying("cannot close"), [&] { delete writer; });
}

bool xap_writer_add(xap_writer *writer, const xap_doc *doc, uint32_t *docid, GError **error)
{
	return sound(error, doc) && change(writer, error, saying("cannot add a document to", writer->path.c_str()), [&] {
		uint32_t added = writer->database.add_document(doc->document);
		if (docid)
			*docid = added;
	});
}

bool xap_writer_replace(xap_writer *writer, const char *term, size_t len, const xap_doc *doc, GError **error)
{
	auto what = saying("cannot replace the documents of", term, len);
	return sound(error, what, term, len) && sound(error, doc) && change(writer, error, what, [&] {
		writer->database.replace_document(std::string(term, len), doc->document);
	});
}

bool xap_writer_delete(xap_writer *writer, const char *term, size_t len, GError **error)
{
	auto what = saying("cannot delete the documents of", term, len);
	return sound(error, what, term, len) && change(writer, error, what, [&] {
		writer->database.delete_document(std::string(term, len));
	});
}

bool xap_writer_metadata(xap_writer *writer, const char *key, size_t key_len, const char *value, size_t len, GError **error)
{
	auto what = saying("cannot write metadata", key, key_len);
	bool fits = guard(error, what, [&] {
		require_term(key, key_len);
		require_size(len);
	});
	return fits && change(writer, error, what, [&] {
		writer->database.set_metadata(std::string(key, key_len), std::string(value, len));
	});
}

bool xap_writer_synonym(xap_writer *writer, const char *key, size_t key_len, const char *synonym, size_t len, GError **error)
{
	auto what = saying("cannot write a synonym of", key, key_len);
	return sound(error, what, key, key_len) && sound(error, what, synonym, len) && change(writer, error, what, [&] {
		writer->database.add_synonym(std::string(key, key_len), std::string(synonym, len));
	});
}

bool xap_writer_commit(xap_writer *writer, GError **error)
{
	return change(writer, error, saying("cannot commit", writer->path.c_str()), [&] {
		if (writer->scratch)
			writer->database.commit();
		else
			writer->database.commit_transaction();
		begin(writer);
	});
}

/* --- compacting and checking -------------------------------------------------------------------- */

namespace {

/* Notes a key with two values: Xapian would take the first and say nothing.
 * (1.4 hands over the key with the two bytes that it has before it on disk.) */
class Compactor : public Xapian::Compactor {
public:
	std::string conflict;

	std::string resolve_duplicate_metadata(const std::string &key, size_t n, const std::string values[]) override
	{
		for (size_t i = 1; i < n; i++)
			if (values[i] != values[0])
				conflict = key.substr(key.compare(0, 2, "\0\xc0", 2) == 0 ? 2 : 0);
		return values[0];
	}
};

/* A folder that we made, with the files that compaction put into it. */
void remove_folder(const char *path)
{
	GDir *dir = g_dir_open(path, 0, nullptr);
	const char *name;
	while (dir && (name = g_dir_read_name(dir))) {
		char *file = g_build_filename(path, name, nullptr);
		g_unlink(file);
		g_free(file);
	}
	if (dir)
		g_dir_close(dir);
	g_rmdir(path);
}

void compact_into(const char *const *places, size_t n, const char *out)
{
	xap_db sources;
	for (size_t i = 0; i < n; i++) {
		if (is_remote(places[i]))
			throw fault { XAP_ERROR_UNSUPPORTED, quoted(places[i]) + " is a remote database" };
		open_place(&sources, places[i]);
	}
	Compactor compactor;
	unsigned how = Xapian::Compactor::FULL | (sources.shards.size() >= MULTIPASS_FROM ? Xapian::DBCOMPACT_MULTIPASS : 0);
	sources.all.compact(out, how, 0, compactor);
	if (!compactor.conflict.empty())
		throw fault { XAP_ERROR_SYNTAX, "metadata " + quoted(compactor.conflict.data(), compactor.conflict.size()) + " has several values" };
}

}	/* namespace */

bool xap_compact(const char *const *places, size_t n, const char *out, GError **error)
{
	auto what = saying("cannot compact into", out);
	bool made = false;
	bool ok = guard(error, what, [&] {
		if (n == 0)
			throw fault { XAP_ERROR_SYNTAX, "nothing to compact" };
		made = g_mkdir(out, 0777) == 0;
		if (!made)
			throw fault { errno == EEXIST ? XAP_ERROR_SYNTAX : code_of_errno(errno), strerror(errno) };
		compact_into(places, n, out);
	});
	if (!ok && made)
		remove_folder(out);
	return ok;
}

bool xap_check(const char *path, size_t *faults, GString *report, GError **error)
{
	return guard(error, saying("cannot check", path), [&] {
		std::ostringstream words;
		try {
			*faults = Xapian::Database::check(path, 0, &words);
		} catch (const Xapian::DatabaseError &e) {
			/* Damage that stops the check is what it was to find. */
			if (code_of(e) != XAP_ERROR_CORRUPT)
				throw;
			*faults = 1;
			words << reason_of(e) << '\n';
		}
		if (report)
			put(report, words.str());
	});
}

/* --- the end ---------------------------------------------------------------------------------------- */

namespace {

xap_end_fn *last_words;
int last_status;

[[noreturn]] void speak_and_leave()
{
	int number = write_errno();
	if (xap_end_fn *end = last_words) {
		last_words = nullptr;
		end(number);
	}
	_exit(last_status);
}

}

void xap_last_words(xap_end_fn *end, int status)
{
	last_words = end;
	last_status = status;
	std::set_terminate(speak_and_leave);
}
