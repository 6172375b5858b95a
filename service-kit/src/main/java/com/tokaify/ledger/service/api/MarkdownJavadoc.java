package com.tokaify.ledger.service.api;

import com.github.therapi.runtimejavadoc.ClassJavadoc;
import com.github.therapi.runtimejavadoc.Comment;
import com.github.therapi.runtimejavadoc.CommentVisitor;
import com.github.therapi.runtimejavadoc.Link;
import com.github.therapi.runtimejavadoc.MethodJavadoc;
import com.github.therapi.runtimejavadoc.ParamJavadoc;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import com.github.therapi.runtimejavadoc.Value;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.providers.JavadocProvider;

/** Javadoc as Markdown, which is what descriptions in the document are written in. */
final class MarkdownJavadoc implements JavadocProvider {

    @Override
    public String getClassJavadoc(Class<?> type) {
        return markdown(of(type).getComment());
    }

    /** What the record says about one of its components; empty where it says nothing. */
    String of(RecordComponent component) {
        return parameter(
                of(component.getDeclaringRecord()).getRecordComponents(), component.getName());
    }

    @Override
    public Map<String, String> getRecordClassParamJavadoc(Class<?> type) {
        return of(type).getRecordComponents().stream()
                .collect(
                        Collectors.toMap(
                                ParamJavadoc::getName,
                                component -> markdown(component.getComment())));
    }

    @Override
    public String getMethodJavadocDescription(Method method) {
        return markdown(of(method).getComment());
    }

    @Override
    public String getMethodJavadocReturn(Method method) {
        return markdown(of(method).getReturns());
    }

    @Override
    public Map<String, String> getMethodJavadocThrows(Method method) {
        return Map.of();
    }

    @Override
    public String getParamJavadoc(Method method, String name) {
        return parameter(of(method).getParams(), name);
    }

    @Override
    public String getFieldJavadoc(Field field) {
        return "";
    }

    /** Without its full stop, as titles are. */
    @Override
    public String getFirstSentence(@Nullable String text) {
        return text == null ? "" : text.split("\\.(\\s|$)", 2)[0];
    }

    /** Nothing is kept: each text is asked for once. */
    @Override
    public void clearCache() {}

    private static ClassJavadoc of(Class<?> type) {
        return RuntimeJavadoc.getJavadoc(type);
    }

    private static MethodJavadoc of(Method method) {
        return RuntimeJavadoc.getJavadoc(method);
    }

    private static String parameter(List<ParamJavadoc> parameters, String name) {
        return parameters.stream()
                .filter(parameter -> parameter.getName().equals(name))
                .findAny()
                .map(parameter -> markdown(parameter.getComment()))
                .orElse("");
    }

    private static String markdown(@Nullable Comment comment) {
        if (comment == null) {
            return "";
        }
        Markdown markdown = new Markdown();
        comment.visit(markdown);
        return markdown.text();
    }

    private static final class Markdown implements CommentVisitor {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void commentText(String words) {
            text.append(words);
        }

        @Override
        public void inlineLink(Link link) {
            String label = link.getLabel();
            text.append(label == null || label.isBlank() ? '`' + link.toString() + '`' : label);
        }

        @Override
        public void inlineTag(String name, String words) {
            text.append('`').append(words).append('`');
        }

        @Override
        public void inlineValue(Value value) {
            text.append('`').append(value.getReferencedMemberName()).append('`');
        }

        /** Lines are as long as the reader's window; a paragraph is one empty line. */
        String text() {
            return text.toString().strip().replaceAll("\\s+", " ").replaceAll(" ?<p> ?", "\n\n");
        }
    }
}
